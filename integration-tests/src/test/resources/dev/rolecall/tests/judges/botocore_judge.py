"""What botocore signs for an STS at another URL: botocore_judge.py URL REGION ROLE_TO_ASSUME

Prints one line each: what it is, and what came of it. Credentials come from the environment.
"""
import base64, sys
import botocore.session
from botocore.auth import SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.exceptions import ClientError
from botocore.model import ServiceId
from botocore.signers import RequestSigner

url, region, role = sys.argv[1:]
session = botocore.session.get_session()
credentials = session.get_credentials().get_frozen_credentials()
query = "/?Action=GetCallerIdentity&Version=2011-06-15"


def sts(keys):
    return session.create_client(
        "sts", region_name=region, endpoint_url=url, aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"], aws_session_token=keys["SessionToken"])


def presigned(headers, expires):
    """As programs make EKS tokens: the signer, asked for any request to STS."""
    signer = RequestSigner(ServiceId("STS"), region, "sts", "v4", session.get_credentials(), session.get_component("event_emitter"))
    request = {"method": "GET", "url": url + query, "body": {}, "headers": headers, "context": {}}
    return signer.generate_presigned_url(request, operation_name="", region_name=region, expires_in=expires)


def proof(audience):
    """A rolecall-v1 proof from the signature that SigV4QueryAuth puts into the query."""
    request = AWSRequest("GET", url + query, headers={"x-rolecall-audience": audience})
    SigV4QueryAuth(credentials, "sts", region, expires=900).add_auth(request)
    signed = dict(pair.split("=", 1) for pair in request.url.split("?", 1)[1].split("&"))
    return "~".join([
        "rolecall-v1", url.split("//", 1)[1], credentials.access_key, signed["X-Amz-Date"], "900",
        audience, "bearer", signed["X-Amz-Signature"], credentials.token])


def eks_token(cluster):
    signed = presigned({"x-k8s-aws-id": cluster}, 60)
    return "k8s-aws-v1." + base64.urlsafe_b64encode(signed.encode()).decode().rstrip("=")


own = {"AccessKeyId": credentials.access_key, "SecretAccessKey": credentials.secret_key, "SessionToken": credentials.token}
print("identity", sts(own).get_caller_identity()["Arn"])
assumed = sts(own).assume_role(RoleArn=role, RoleSessionName="from-checkout")["Credentials"]
print("assumed", sts(assumed).get_caller_identity()["Arn"])
try:
    sts(dict(own, SecretAccessKey="another")).get_caller_identity()
except ClientError as e:
    print("forged", e.response["Error"]["Code"])
print("presigned", presigned({"x-rolecall-audience": "orders"}, 900))
print("proof", proof("orders"))
print("eks", eks_token("orders"))
