package dev.rolecall.service.api;

import dev.rolecall.grants.v1.GrantToken;
import dev.rolecall.grants.v1.IssueGrantTokenRequest;
import dev.rolecall.grants.v1.SigningKeys;
import dev.rolecall.service.failure.AccessFailure;
import dev.rolecall.service.failure.FailureReason;
import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.GrantState;
import dev.rolecall.service.token.GrantTokenIssuer;
import java.util.Optional;

/** Issues tokens of grants to their holders. */
final class TokenCalls {

  private final Backend backend;
  private final Optional<GrantTokenIssuer> tokens;

  TokenCalls(Backend backend, Optional<GrantTokenIssuer> tokens) {
    this.backend = backend;
    this.tokens = tokens;
  }

  Reply<GrantToken> issue(Viewer viewer, IssueGrantTokenRequest message) {
    return offered()
        .then(
            issuer ->
                Seen.grant(backend, viewer, message.getGrantId())
                    .unless(grant -> mayNotHave(viewer, grant))
                    .then(grant -> Reply.of(issuer.issue(viewer.caller(), grant))));
  }

  Reply<SigningKeys> keys() {
    return offered().then(issuer -> Reply.of(issuer.keys()));
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

  private static Optional<AccessFailure> mayNotHave(Viewer viewer, AccessGrant grant) {
    if (!viewer.holds(grant)) {
      return Optional.of(
          AccessFailure.of(
              FailureReason.NOT_THE_HOLDER,
              "the grant is another's (expected: a grant that you hold, by the role that you hold"
                  + " it with)"));
    }
    return grant.state() == GrantState.ACTIVE
        ? Optional.empty()
        : Optional.of(
            AccessFailure.of(
                FailureReason.GRANT_ENDED,
                "the grant is " + grant.state() + " (expected: one that holds now)"));
  }
}
