"""A gRPC service without Rolecall, told who called by the header txn-token: service.py JWKS_URL AUDIENCE DOMAIN

Prints its port. Verifies the token by PyJWT with the proxy's published keys, and answers each message with what it
knows of the caller. What is not verified is UNAUTHENTICATED. Ends when its standard input does.
"""

import json
import sys
from concurrent import futures

import grpc
import jwt

SERVICE = "rolecall.tests.Echo"
KEYS, AUDIENCE, DOMAIN = sys.argv[1:]
keys = jwt.PyJWKClient(KEYS, lifespan=300)


def caller(context):
    headers = [value for name, value in context.invocation_metadata() if name == "txn-token"]
    if len(headers) != 1:
        context.abort(grpc.StatusCode.UNAUTHENTICATED, f"{len(headers)} tokens")
    try:
        token = headers[0]
        if jwt.get_unverified_header(token).get("typ") != "txntoken+jwt":
            raise jwt.InvalidTokenError("another type")
        claims = jwt.decode(
            token,
            keys.get_signing_key_from_jwt(token).key,
            algorithms=["RS256", "ES256"],
            audience=DOMAIN,
            leeway=5,
            options={"require": ["aud", "exp", "iat", "sub", "scope"]},
        )
        if AUDIENCE not in claims["scope"].split(" "):
            raise jwt.InvalidTokenError("another service")
        return claims
    except (jwt.PyJWTError, jwt.PyJWKClientError) as e:
        context.abort(grpc.StatusCode.UNAUTHENTICATED, type(e).__name__)


def say(message, context):
    claims = caller(context)
    names = sorted(name for name, _ in context.invocation_metadata())
    return json.dumps(
        {
            "sub": claims["sub"],
            "req_wl": claims["req_wl"],
            "life": claims["exp"] - claims["iat"],
            "authn": claims["rctx"]["authn"],
            "principal": dict(context.invocation_metadata()).get("x-rolecall-principal", ""),
            "names": names,
            "message": message.decode(),
        },
        sort_keys=True,
    ).encode()


def chat(messages, context):
    claims = caller(context)
    for message in messages:
        yield f"{claims['sub']}: {message.decode()}".encode()


server = grpc.server(futures.ThreadPoolExecutor(max_workers=4))
server.add_generic_rpc_handlers(
    [
        grpc.method_handlers_generic_handler(
            SERVICE,
            {
                "Say": grpc.unary_unary_rpc_method_handler(say),
                "Ping": grpc.unary_unary_rpc_method_handler(lambda message, context: b"pong"),
                "Chat": grpc.stream_stream_rpc_method_handler(chat),
            },
        )
    ]
)
print(server.add_insecure_port("127.0.0.1:0"), flush=True)
server.start()
sys.stdin.read()
server.stop(grace=None)
