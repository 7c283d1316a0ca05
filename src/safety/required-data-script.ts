/**
 * What the init container of `requireData` runs: POSIX sh, and of other programs `find`, `id`, `ls` and `readlink`, all in busybox.
 *
 * Its arguments: where the volume is mounted, the file in it, the claim, and what to do about an empty volume. It walks down to the file
 * directory by directory, because `test -e` says "no" both for a file that is not there and for one that may not be looked at.
 */
export const REQUIRED_DATA_SCRIPT = `file=$2 claim=$3 advice=$4

refuse() {
  printf '%s\\n' "$@" >&2
  exit 1
}

missing() {
  other=$(find "$root/." -maxdepth 1 ! -name . ! -name lost+found -print -quit 2>/dev/null) ||
    refuse "claim $claim holds no '$file'; what else it holds, user $(id -u) cannot list." "$advice"
  [ -n "$other" ] || refuse "claim $claim is EMPTY: it holds no '$file', and nothing else." "$advice"
  refuse "claim $claim holds no '$file', but other things, such as '\${other#"$root/./"}'." \\
    "Is the path right? It begins at the root of the volume. If it is:" "$advice"
}

outside() {
  refuse "'$file' of claim $claim leads out of the volume, by the link '$1'; name a file that is in the volume."
}

cd -P -- "$1" 2>/dev/null || refuse "user $(id -u) may not enter the volume of claim $claim: $(ls -ldn -- "$1")" \\
  "It cannot be told whether the claim is empty. Give requireData the user that the data belongs to."
root=$PWD

rest=$file
while [ "$rest" != "\${rest#*/}" ]; do
  part=\${rest%%/*}
  rest=\${rest#*/}
  if ! [ -d "./$part" ]; then
    [ -e "./$part" ] && refuse "'$part', on the way to '$file' of claim $claim, is no directory; name a file that the source has."
    [ -L "./$part" ] && outside "$part"
    missing
  fi
  cd -P -- "./$part" 2>/dev/null || refuse "user $(id -u) may not enter '$part' of claim $claim: $(ls -ldn -- "./$part")" \\
    "It cannot be told whether '$file' is there. Give requireData the user that the data belongs to."
  case $PWD/ in "$root"/*) ;; *) outside "$part" ;; esac
done

if [ -L "./$rest" ]; then
  case $(readlink -f -- "./$rest") in "$root"/*) ;; *) outside "$rest" ;; esac
fi
[ -d "./$rest" ] && refuse "'$file' of claim $claim is a directory; name a file in it, one that the source always has."
[ -e "./$rest" ] || missing
[ -f "./$rest" ] || refuse "'$file' of claim $claim is no regular file; name one that the source always has."
[ -s "./$rest" ] || refuse "'$file' of claim $claim is there, but holds nothing; name a file that the source never leaves empty." \\
  "If it never is empty in the source, the copy is not whole." "$advice"
`;
