"""Emoji shortcodes: `:wave:` becomes its character, except in code."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

_TABLE = """
smile 😄 smiley 😃 grin 😁 grinning 😀 laughing 😆 joy 😂 rofl 🤣 slight_smile 🙂 wink 😉 blush 😊
innocent 😇 heart_eyes 😍 kissing_heart 😘 yum 😋 stuck_out_tongue 😛 sunglasses 😎 nerd_face 🤓 star_struck 🤩
thinking 🤔 neutral_face 😐 expressionless 😑 smirk 😏 unamused 😒 roll_eyes 🙄 grimacing 😬 relieved 😌 pensive 😔
sleepy 😪 sleeping 😴 mask 😷 dizzy_face 😵 exploding_head 🤯 partying_face 🥳 confused 😕 worried 😟
slight_frown 🙁 open_mouth 😮 astonished 😲 flushed 😳 cry 😢 sob 😭 scream 😱 disappointed 😞 sweat 😓
sweat_smile 😅 tired_face 😫 angry 😠 rage 😡 hugs 🤗 shrug 🤷 facepalm 🤦 raised_hands 🙌 clap 👏 wave 👋
+1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 ok_hand 👌 handshake 🤝 pray 🙏 muscle 💪 point_right 👉 point_left 👈
point_up ☝️ point_down 👇 crossed_fingers 🤞 v ✌️ writing_hand ✍️ eyes 👀 brain 🧠 heart ❤️ yellow_heart 💛
green_heart 💚 blue_heart 💙 purple_heart 💜 broken_heart 💔 fire 🔥 sparkles ✨ star ⭐ star2 🌟 tada 🎉
confetti_ball 🎊 gift 🎁 trophy 🏆 medal_sports 🏅 1st_place_medal 🥇 rocket 🚀 airplane ✈️ ship 🚢 truck 🚚
train 🚆 anchor ⚓ package 📦 factory 🏭 office 🏢 bank 🏦 earth_africa 🌍 earth_americas 🌎 earth_asia 🌏
world_map 🗺️ compass 🧭 sunny ☀️ cloud ☁️ umbrella ☔ snowflake ❄️ zap ⚡ rainbow 🌈 seedling 🌱 evergreen_tree 🌲
four_leaf_clover 🍀 coffee ☕ tea 🍵 champagne 🍾 croissant 🥐 cake 🍰 apple 🍎 euro 💶 dollar 💵 moneybag 💰
credit_card 💳 chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 bar_chart 📊 calendar 📅 clipboard 📋
pushpin 📌 round_pushpin 📍 paperclip 📎 memo 📝 pencil ✏️ books 📚 book 📖 newspaper 📰 bulb 💡 mag 🔍
key 🔑 lock 🔒 unlock 🔓 wrench 🔧 hammer 🔨 gear ⚙️ balance_scale ⚖️ test_tube 🧪 computer 💻 phone ☎️
iphone 📱 email 📧 envelope ✉️ bell 🔔 loudspeaker 📢 mega 📣 speech_balloon 💬 alarm_clock ⏰ hourglass ⌛
white_check_mark ✅ heavy_check_mark ✔️ x ❌ warning ⚠️ no_entry ⛔ question ❓ exclamation ❗
100 💯 recycle ♻️ arrow_right ➡️ arrow_left ⬅️ arrow_up ⬆️ arrow_down ⬇️ dart 🎯 checkered_flag 🏁 fr 🇫🇷 eu 🇪🇺
"""
_words = _TABLE.split()
EMOJI: dict[str, str] = dict(zip(_words[::2], _words[1::2], strict=True))

_SHORTCODE = re.compile(r":([a-z0-9_+-]{1,30}):(?![^\W_])")


def install(md: MarkdownIt) -> None:
    md.inline.ruler.push("emoji", _replace)


def _replace(state: StateInline, silent: bool) -> bool:
    start = state.pos
    # 12:100:30 is a time, not a score.
    if state.src[start] != ":" or (start and state.src[start - 1].isalnum()):
        return False
    shortcode = _SHORTCODE.match(state.src, start, state.posMax)
    character = EMOJI.get(shortcode.group(1)) if shortcode else None
    if shortcode is None or character is None:
        return False
    if not silent:
        state.append_pending(character)
    state.pos = shortcode.end()
    return True
