// Draws the world once, at set-up: one SVG path a country, by ISO 3166 alpha-2 code, in the
// Equal Earth projection; a dot for those too small to be drawn at this scale. Prints JSON.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoArea, geoCentroid, geoEqualEarth, geoPath } from "d3-geo";
import { feature } from "topojson-client";

const WIDTH = 960;
const require = createRequire(import.meta.url);
const read = (name) => JSON.parse(readFileSync(require.resolve(name), "utf8"));

const alpha2 = new Map(read("i18n-iso-countries/codes.json").map(([code, , number]) => [number, code]));
const codeOf = (country) => alpha2.get(country.id) ?? (country.properties.name === "Kosovo" ? "XK" : null);
const countries = (atlas) => feature(atlas, atlas.objects.countries).features;

// The source draws these as parts of another country; trade counts them apart.
const OVERSEAS = {
  BQ: [-68.3, 12.2], CC: [96.8, -12.2], CX: [105.6, -10.5], GP: [-61.5, 16.2], MQ: [-61.0, 14.65],
  RE: [55.5, -21.1], SJ: [16.0, 78.6], TK: [-171.8, -9.2], YT: [45.15, -12.8],
};

function polygonsOf(country) {
  const { type, coordinates } = country.geometry;
  return type === "Polygon" ? [coordinates] : coordinates;
}

function shape(polygons) {
  return { type: "MultiPolygon", coordinates: polygons };
}

const isEuropean = (polygon) => geoCentroid(shape([polygon]))[0] > -20 && geoCentroid(shape([polygon]))[1] > 30;

const shapes = new Map();
const unnamed = [];
for (const country of countries(read("world-atlas/countries-110m.json"))) {
  const code = codeOf(country);
  const polygons = polygonsOf(country);
  if (code === "AQ") continue;
  if (code === "FR") {
    shapes.set("FR", shape(polygons.filter(isEuropean)));
    shapes.set("GF", shape(polygons.filter((polygon) => !isEuropean(polygon))));
  } else if (code) {
    shapes.set(code, shape(polygons));
  } else {
    unnamed.push(...polygons);
  }
}

const dots = new Map(Object.entries(OVERSEAS));
for (const country of countries(read("world-atlas/countries-10m.json"))) {
  const code = codeOf(country);
  if (!code || code === "AQ" || shapes.has(code)) continue;
  const largest = polygonsOf(country).reduce((a, b) => (geoArea(shape([b])) > geoArea(shape([a])) ? b : a));
  dots.set(code, geoCentroid(shape([largest])));
}

const points = { type: "MultiPoint", coordinates: [...dots.values()] };
const drawn = { type: "GeometryCollection", geometries: [...shapes.values(), shape(unnamed), points] };
const projection = geoEqualEarth().fitWidth(WIDTH, drawn);
const path = geoPath(projection).digits(1);
const height = Math.ceil(path.bounds(drawn)[1][1]);

// Whole pixels, as steps from one point to the next: half the size of the absolute path.
function draw(geometry) {
  const rings = (path(geometry) ?? "").split("M").slice(1).map((ring) =>
    ring.replace("Z", "").split("L").map((point) => point.split(",").map(Math.round)));
  return rings.map(steps).join("");
}

function steps(ring) {
  let [x, y] = ring[0];
  const moves = [];
  for (const [nextX, nextY] of ring.slice(1)) {
    if (nextX === x && nextY === y) continue;
    moves.push(`${nextX - x},${nextY - y}`);
    [x, y] = [nextX, nextY];
  }
  return moves.length < 2 ? "" : `M${ring[0]}l${moves.join(" ")}z`.replaceAll(",-", "-").replaceAll(" -", "-");
}

const sorted = (entries) => Object.fromEntries([...entries].sort(([a], [b]) => a.localeCompare(b)));
process.stdout.write(JSON.stringify({
  viewBox: `0 0 ${WIDTH} ${height}`,
  countries: sorted([...shapes].map(([code, geometry]) => [code, draw(geometry)])),
  dots: sorted([...dots].map(([code, point]) => [code, projection(point).map((x) => Math.round(x * 10) / 10)])),
  unnamed: draw(shape(unnamed)),
}));
