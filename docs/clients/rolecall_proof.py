#!/usr/bin/env python3
"""Prints a rolecall-v1 proof: rolecall_proof.py AUDIENCE REGION [STS_HOST [SERVER_CERTIFICATE_DER]]

Needs nothing but Python. Credentials come from AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and
AWS_SESSION_TOKEN; a real client takes them from its AWS library. docs/protocol.md says what each step is.
"""
import base64, datetime, hashlib, hmac, os, sys
from urllib.parse import quote


def proof(audience, region, host, key_id, secret, token="", certificate=None):
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    headers = {"host": host, "x-rolecall-audience": audience}
    binding = "bearer"
    if certificate is not None:  # section 3: the server's leaf certificate, in DER
        digest = base64.urlsafe_b64encode(hashlib.sha256(certificate).digest()).decode().rstrip("=")
        headers["x-rolecall-channel"] = digest
        binding = "channel." + digest
    scope = f"{now[:8]}/{region}/sts/aws4_request"
    query = {  # section 1
        "Action": "GetCallerIdentity", "Version": "2011-06-15",
        "X-Amz-Algorithm": "AWS4-HMAC-SHA256", "X-Amz-Credential": f"{key_id}/{scope}",
        "X-Amz-Date": now, "X-Amz-Expires": "900", "X-Amz-SignedHeaders": ";".join(sorted(headers)),
    }
    if token:
        query["X-Amz-Security-Token"] = token
    canonical = "\n".join([
        "GET", "/",
        "&".join(f"{quote(k, safe='')}={quote(v, safe='')}" for k, v in sorted(query.items())),
        "".join(f"{k}:{v}\n" for k, v in sorted(headers.items())),
        query["X-Amz-SignedHeaders"], hashlib.sha256(b"").hexdigest(),
    ])
    to_sign = "\n".join(["AWS4-HMAC-SHA256", now, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    key = ("AWS4" + secret).encode()
    for part in (now[:8], region, "sts", "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    signature = hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()
    return "~".join(["rolecall-v1", host, key_id, now, "900", audience, binding, signature, token])


SUFFIXES = {"cn-": "amazonaws.com.cn", "us-iso-": "c2s.ic.gov", "us-isob-": "sc2s.sgov.gov", "us-isof-": "csp.hci.ic.gov",
            "eu-isoe-": "cloud.adc-e.uk", "eusc-": "amazonaws.eu"}  # section 4: by how a Region's name begins


def sts_host(region):
    suffix = next((suffix for start, suffix in SUFFIXES.items() if region.startswith(start)), "amazonaws.com")
    return f"sts.{region}.{suffix}"


if __name__ == "__main__":
    if not 3 <= len(sys.argv) <= 5:
        sys.exit(__doc__)
    audience, region = sys.argv[1:3]
    host = sys.argv[3] if len(sys.argv) > 3 else sts_host(region)
    der = open(sys.argv[4], "rb").read() if len(sys.argv) > 4 else None
    env = os.environ
    print(proof(audience, region, host, env["AWS_ACCESS_KEY_ID"], env["AWS_SECRET_ACCESS_KEY"],
                env.get("AWS_SESSION_TOKEN", ""), der))
