#!/usr/bin/env bash
# Instructions a byte of the program `annotate` on fixed inputs, as a table in Markdown: unlike seconds they do not depend
# on what else the machine does. Needs valgrind (callgrind). From the root of the repository:
#   cargo build --release --example annotate && benches/instructions.sh > benches/instructions.md
set -euo pipefail
bin="${CARGO_TARGET_DIR:-target}/release/examples/annotate"
empty="$(mktemp)"
trap 'rm -f "$empty"' EXIT

count() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$bin" "$@" 2>&1 >/dev/null |
        sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}

start="$(count "$empty")"
printf '# Instructions\n\nCounted by `benches/instructions.sh`: callgrind on a release build, the start of the program taken off.\n\n'
printf '| Input | Bytes | Evidence | Instructions a byte |\n|---|---:|---|---:|\n'
for file in reviews.jsonl store_reviews_zh.csv taobao_rates.json zendesk_tickets.json; do
    bytes="$(wc -c <"examples/data/$file")"
    for evidence in strongest all; do
        total="$(count --from auto --evidence "$evidence" "examples/data/$file")"
        printf '| `%s` | %s | %s | %s |\n' "$file" "$bytes" "$evidence" "$(((total - start) / bytes))"
    done
done
printf '\nThe start, with the engine built: %s million instructions.\n' "$((start / 1000000))"
