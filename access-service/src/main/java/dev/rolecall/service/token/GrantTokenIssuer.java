package dev.rolecall.service.token;

import dev.rolecall.grants.v1.GrantToken;
import dev.rolecall.grants.v1.SigningKeys;
import dev.rolecall.identity.Caller;
import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.store.Outcome;
import java.util.concurrent.CompletionStage;

/** The issuer of grant tokens. Safe for use by many threads; never blocks. */
public interface GrantTokenIssuer {

  /**
   * A token of a grant that holds now.
   *
   * @param caller the holder, as it was proven on this call; the token is bound to it
   */
  CompletionStage<Outcome<GrantToken>> issue(Caller caller, AccessGrant grant);

  /** The keys that tokens are verified with. */
  CompletionStage<Outcome<SigningKeys>> keys();
}
