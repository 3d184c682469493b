package dev.rolecall.verifier;

import dev.rolecall.verifier.limits.LookUpLimits;
import dev.rolecall.verifier.limits.PeerLimit;
import java.time.Duration;

/** The bounds of a verifier, while it is being set up. */
final class BoundSettings {

  PeerLimit.Bound lookUps = new PeerLimit.Bound(256, 32);
  PeerLimit.Bound refusals = new PeerLimit.Bound(200, 20);
  PeerLimit.Bound waiting = new PeerLimit.Bound(10_000, 2_000);
  CacheBound verifiedCache = new CacheBound(20_000, 64L << 20);
  CacheBound refusedCache = new CacheBound(20_000, 8L << 20);
  Duration refusalLife = Duration.ofSeconds(10);

  RememberedAnswers.Bounds ofAnswers() {
    return new RememberedAnswers.Bounds(verifiedCache, refusedCache, refusalLife);
  }

  LookUpLimits.Bounds ofLookUps() {
    return new LookUpLimits.Bounds(lookUps, waiting, refusals);
  }
}
