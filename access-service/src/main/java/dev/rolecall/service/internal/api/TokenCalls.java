package dev.rolecall.service.internal.api;

import dev.rolecall.grants.v1.GrantToken;
import dev.rolecall.grants.v1.IssueGrantTokenRequest;
import dev.rolecall.grants.v1.RotateSigningKeysRequest;
import dev.rolecall.grants.v1.SigningKeys;
import dev.rolecall.service.failure.AccessFailure;
import dev.rolecall.service.failure.FailureReason;
import dev.rolecall.service.token.GrantTokenIssuer;
import dev.rolecall.service.token.TokenIssue;
import java.util.Optional;

/** Issues tokens of grants to their holders, and tells the keys. */
final class TokenCalls {

  private static final AccessFailure NO_KEYS =
      AccessFailure.of(
          FailureReason.STORE_UNAVAILABLE,
          "this node has not read the signing keys of late (expected: later, or another node)");

  private final Optional<GrantTokenIssuer> tokens;

  TokenCalls(Optional<GrantTokenIssuer> tokens) {
    this.tokens = tokens;
  }

  Reply<GrantToken> issue(Viewer viewer, IssueGrantTokenRequest message) {
    return offered()
        .then(
            issuer ->
                Reply.reading(() -> WireText.id("grant id", message.getGrantId()))
                    .then(
                        id ->
                            Reply.later(issuer.issue(viewer.caller(), viewer.subject(), id))
                                .then(TokenCalls::reply)));
  }

  private static Reply<GrantToken> reply(TokenIssue issue) {
    return issue.fold(
        issued ->
            Reply.of(
                GrantToken.newBuilder()
                    .setToken(issued.token().text())
                    .setExpiresAt(WireTime.of(issued.expiresAt()))
                    .build()),
        Reply::failed,
        outage -> Reply.failed(StoreFailures.of(outage)));
  }

  Reply<SigningKeys> keys() {
    return offered()
        .then(issuer -> issuer.keys().map(Reply::of).orElseGet(() -> Reply.failed(NO_KEYS)));
  }

  /** For administrators. Another rotation that is under way is a wrong state, told as one. */
  Reply<SigningKeys> rotate(Viewer viewer, RotateSigningKeysRequest message) {
    return Allowed.admin(viewer)
        .then(admin -> offered())
        .then(
            issuer ->
                Reply.of(
                    message.getRefuseTokensUnderWay()
                        ? issuer.replaceKeysAndRefuseTheirTokens(viewer.subject())
                        : issuer.rotateKeys(viewer.subject())));
  }

  private Reply<GrantTokenIssuer> offered() {
    return tokens
        .map(Reply::of)
        .orElseGet(
            () ->
                Reply.failed(
                    AccessFailure.of(
                        FailureReason.TOKENS_NOT_OFFERED,
                        "this service issues no grant tokens (expected: servers that follow its"
                            + " grants)")));
  }
}
