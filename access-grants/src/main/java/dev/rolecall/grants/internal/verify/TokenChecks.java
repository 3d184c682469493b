package dev.rolecall.grants.internal.verify;

import static dev.rolecall.identity.RefusalReason.GRANT_EXPIRED;
import static dev.rolecall.identity.RefusalReason.GRANT_REQUIRED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.rolecall.access.grant.Holding;
import dev.rolecall.access.internal.metrics.Instruments;
import dev.rolecall.access.internal.metrics.SteadyCounter;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.grants.token.GrantTokenClaims;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.internal.FileContent;
import dev.rolecall.jwt.CompactToken;
import dev.rolecall.jwt.SignatureCheck;
import dev.rolecall.jwt.TokenReading;
import dev.rolecall.jwt.key.KeySearch;
import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.jwt.key.VerificationKey;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policy.grant.ResourceName;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.time.Duration;
import java.util.Optional;

/**
 * The checks of a grant token, cheap ones first: form, type, claims, times, the holder, the key.
 * Then comes the signature, which costs 35 us to 1 ms of CPU time, and a permit of the caller's. A
 * token that was verified is remembered by its digest. Safe for use by many threads; never blocks.
 */
public final class TokenChecks {

  /** How far ahead a token may be dated. */
  private static final long SKEW = Duration.ofSeconds(30).toMillis();

  private static final AttributeKey<String> RESULT = AttributeKey.stringKey("result");
  private static final Attributes VERIFIED = Attributes.of(RESULT, "verified");
  private static final Attributes EXPIRED = Attributes.of(RESULT, "expired");
  private static final Attributes REFUSED = Attributes.of(RESULT, "refused");
  private static final Attributes UNDECIDED = Attributes.of(RESULT, "undecided");

  private final TokenGround ground;
  private final Permits permits;
  private final Verdicts verdicts = new Verdicts();
  private final SteadyCounter tokens;

  /** Checks by what is known there. */
  public TokenChecks(TokenGround ground, AccessRuntime runtime) {
    this.ground = requireNonNull(ground, "ground");
    this.permits = new Permits(ground::ticks);
    this.tokens =
        new Instruments(runtime.telemetry())
            .counter("rolecall.grants.tokens", "Checks of grant tokens, by result.");
    tokens.add(0, REFUSED);
  }

  /**
   * What the caller holds of a permission by that token: a view, which is judged when it is asked.
   *
   * @param resource empty where only a grant without resources will do
   */
  public Holding holding(
      Caller caller, String token, PermissionName permission, Optional<ResourceName> resource) {
    return new TokenHolding(this, caller, token, permission, resource);
  }

  TokenGround ground() {
    return ground;
  }

  /** The verdict at that moment. */
  TokenVerdict of(String text, Caller caller, long ticks) {
    if (text.length() > GrantTokenClaims.LIMITS.characters()) {
      return counted(refused(GRANT_REQUIRED));
    }
    KeySet keys = ground.keys();
    String digest = FileContent.fingerprint(text.getBytes(UTF_8));
    Optional<TokenVerdict> known = verdicts.of(digest, keys, ticks);
    if (known.isPresent()) {
      return known.get();
    }
    return counted(
        CompactToken.read(text, GrantTokenClaims.LIMITS) instanceof TokenReading.WellFormed good
            ? judged(good.token(), new Question(digest, keys, caller, ticks))
            : refused(GRANT_REQUIRED));
  }

  private TokenVerdict counted(TokenVerdict verdict) {
    if (verdict instanceof TokenVerdict.Refused refused) {
      tokens.add(1, refused.reason() == GRANT_EXPIRED ? EXPIRED : REFUSED);
    } else {
      tokens.add(1, verdict instanceof TokenVerdict.Genuine ? VERIFIED : UNDECIDED);
    }
    return verdict;
  }

  /** The things that a token is judged with. */
  private record Question(String digest, KeySet keys, Caller caller, long ticks) {}

  private static TokenVerdict refused(RefusalReason reason) {
    return new TokenVerdict.Refused(reason);
  }

  private TokenVerdict judged(CompactToken token, Question question) {
    Optional<GrantTokenClaims> read =
        token.header().isOfType(GrantTokenClaims.TYPE)
            ? GrantTokenClaims.read(token.claims())
            : Optional.empty();
    if (read.isEmpty() || !isFromIssuer(read.get())) {
      return refused(GRANT_REQUIRED);
    }
    GrantTokenClaims claims = read.get();
    long now = ground.serviceMillis(question.ticks());
    if (claims.life().expiry().toEpochMilli() <= now) {
      return refused(GRANT_EXPIRED);
    }
    if (claims.life().issuedAt().toEpochMilli() > now + SKEW
        || !claims.holder().is(question.caller())) {
      return refused(GRANT_REQUIRED);
    }
    KeySearch search =
        question
            .keys()
            .find(token.header().kid(), token.header().algorithm(), GrantTokenClaims.ALGORITHMS);
    return search.fold(
        key -> signed(token, claims, key, question),
        missing ->
            missing == KeySearch.Reason.UNKNOWN
                ? TokenVerdict.Unsettled.NOW
                : refused(GRANT_REQUIRED));
  }

  private boolean isFromIssuer(GrantTokenClaims claims) {
    return ground.issuer().map(claims.issuer()::equals).orElse(true);
  }

  private TokenVerdict signed(
      CompactToken token, GrantTokenClaims claims, VerificationKey key, Question question) {
    Permits.Permit permit = permits.take(question.caller().principal().text(), claims.holder());
    if (permit == null) {
      return TokenVerdict.Unsettled.NOW;
    }
    TokenVerdict verdict;
    if (SignatureCheck.verify(token, key).isPresent()) {
      permit.good();
      verdict = new TokenVerdict.Genuine(claims, endTicks(claims, question.ticks()));
    } else {
      permit.inVain();
      verdict = refused(GRANT_REQUIRED);
    }
    verdicts.keep(question.digest(), question.keys(), verdict, question.ticks());
    return verdict;
  }

  private long endTicks(GrantTokenClaims claims, long ticks) {
    long left = claims.life().expiry().toEpochMilli() - ground.serviceMillis(ticks);
    return ticks + Duration.ofMillis(left).toNanos();
  }
}
