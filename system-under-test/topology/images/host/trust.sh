# Adds the host's certificate authorities, if it has its own, to this build stage only; a hook updates Java's store.
[ -s /host/ca.crt ] || exit 0
cd /usr/local/share/ca-certificates || exit 1
awk '/BEGIN CERT/{n++} n{print > sprintf("host-%03d.crt", n)}' /host/ca.crt
update-ca-certificates
