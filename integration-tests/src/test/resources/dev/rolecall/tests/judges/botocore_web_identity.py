"""What botocore is answered as a client of GetWebIdentityToken: botocore_web_identity.py URL REGION

Prints one line each: what it is, and the answer. Credentials come from the environment. Exits with 3
if this botocore is too old for the parameters.
"""
import sys
import botocore.session
from botocore.exceptions import ClientError

url, region = sys.argv[1:]
sts = botocore.session.get_session().create_client("sts", region_name=region, endpoint_url=url)
if not hasattr(sts, "get_web_identity_token") or "SubjectMode" not in (
        sts.meta.service_model.operation_model("GetWebIdentityToken").input_shape.members):
    sys.exit(3)


def tried(what, **parameters):
    try:
        answer = sts.get_web_identity_token(**{"Audience": ["orders"], "SigningAlgorithm": "RS256", **parameters})
        print(what, answer["WebIdentityToken"], int(answer["Expiration"].timestamp()))
    except ClientError as e:
        print(what, type(e).__name__, e.response["Error"]["Code"], e.response["ResponseMetadata"]["HTTPStatusCode"])


tried("token", DurationSeconds=900, Tags=[{"Key": "job", "Value": "nightly"}])
tried("elliptic", SigningAlgorithm="ES384", Audience=["orders", "billing"])
tried("origin", SubjectMode="OriginIdentity", Scope="orders:read orders:write")
tried("scoped", Scope="orders:read")
tried("escalation", DurationSeconds=3600)
tried("large", Audience=["x" * 1000] * 5)
tried("algorithm", SigningAlgorithm="HS256")
