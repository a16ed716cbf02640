"""What search records: whose data it showed, never what was typed."""

from audit.actions import define

SEARCHED = define("search.searched", "searched; results shown: {after[found]}")
