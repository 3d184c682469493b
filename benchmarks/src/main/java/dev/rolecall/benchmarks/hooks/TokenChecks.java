package dev.rolecall.benchmarks.hooks;

import dev.rolecall.jwt.ClaimRules;
import dev.rolecall.jwt.CompactToken;
import dev.rolecall.jwt.SignatureCheck;
import dev.rolecall.jwt.TimeRules;
import dev.rolecall.jwt.TokenClaims;
import dev.rolecall.jwt.TokenLimits;
import dev.rolecall.jwt.key.Algorithm;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Measures the check of a new token: all of it, its signature alone by the JDK, its text alone. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TokenChecks {

  @Param({"RS256", "ES256", "ES384", "EdDSA"})
  private String algorithm = "RS256";

  private final Instant now = Instant.ofEpochSecond(IssuedToken.NOW);
  private final Set<Algorithm> allowed = EnumSet.allOf(Algorithm.class);
  private final ClaimRules rules =
      new ClaimRules(IssuedToken.ISSUER, Set.of(SignedProofs.AUDIENCE), TimeRules.standard());

  private IssuedToken token = IssuedToken.of(Algorithm.ES256);
  private byte[] input = token.input();
  private byte[] signature = token.signature();

  /** Makes the token. */
  @Setup
  public void issue() {
    token = IssuedToken.of(Algorithm.named(algorithm).orElseThrow());
    input = token.input();
    signature = token.signature();
    if (!isVerified() || !verifyBare()) {
      throw new IllegalStateException("the token is not verified");
    }
  }

  @Benchmark
  public boolean verifyToken() {
    return isVerified();
  }

  @Benchmark
  public boolean verifyBare() {
    return token.isSigned(input, signature);
  }

  @Benchmark
  public Object readToken() {
    return CompactToken.read(token.text(), TokenLimits.standard());
  }

  private boolean isVerified() {
    return CompactToken.read(token.text(), TokenLimits.standard())
        .fold(this::isVerified, malformed -> false);
  }

  private boolean isVerified(CompactToken read) {
    boolean good =
        TokenClaims.read(read.claims())
            .fold(claims -> rules.flaw(claims, now).isEmpty(), flaw -> false);
    return token
        .keys()
        .find(read.header().kid(), read.header().algorithm(), allowed)
        .fold(key -> good && SignatureCheck.verify(read, key).isPresent(), reason -> false);
  }
}
