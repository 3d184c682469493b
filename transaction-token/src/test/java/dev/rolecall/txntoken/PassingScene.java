package dev.rolecall.txntoken;

import dev.rolecall.access.proxy.PassedCallers;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.Fact;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.testsupport.ManualScheduler;
import dev.rolecall.testsupport.ManualTime;
import dev.rolecall.testsupport.RecordedTelemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** A proxy and a service behind it, on one manual time. */
final class PassingScene implements AutoCloseable {

  static final TrustDomain DOMAIN = new TrustDomain("prod.example");
  static final Audience ORDERS = Audience.of("orders");
  static final Audience BILLING = Audience.of("billing");
  static final String EDGE = "arn:aws:iam::111122223333:role/edge";
  static final String CHECKOUT = "arn:aws:iam::111122223333:role/checkout";
  static final String ROLE_ID = "AROAEXAMPLE000000001";
  static final String SECRET = "AKIA-never-passed-on";

  final ManualTime time = new ManualTime(Instant.parse("2026-11-21T22:18:45.900Z"));
  final ManualScheduler scheduler = new ManualScheduler(time);
  final RecordedTelemetry telemetry = new RecordedTelemetry();
  final AccessRuntime runtime =
      AccessRuntime.builder()
          .clock(time)
          .ticker(time::nanos)
          .scheduler(scheduler)
          .openTelemetry(telemetry.telemetry())
          .build();
  final ManualKeys keys;
  final TransactionTokenMint mint;
  final PassedCallers orders;

  PassingScene() {
    this(Algorithm.ES256);
  }

  PassingScene(Algorithm algorithm) {
    this.keys = new ManualKeys(algorithm);
    this.mint = TransactionTokenMint.builder(DOMAIN, EDGE, keys.settings(), runtime).build();
    this.orders = service(ORDERS);
  }

  /** The reader of that service, with the keys that are published now. */
  PassedCallers service(Audience name) {
    return settings(name)
        .passedIssuer(IssuerAlias.of("okta"))
        .passedIssuer(IssuerAlias.of("partners"))
        .passedTrustDomain("mesh.example", IssuerAlias.of("mesh"))
        .build()
        .open(runtime);
  }

  TransactionTokens.Builder settings(Audience name) {
    return TransactionTokens.builder(
        DOMAIN,
        Set.of(name),
        Set.of(PrincipalPattern.parse(EDGE)),
        TrustedKeys.of(keys.published()));
  }

  /** A role's session that proved itself to the proxy. */
  Caller checkout() {
    return caller(IamRole.of(CHECKOUT, ROLE_ID), Duration.ofMinutes(15));
  }

  Caller caller(Principal principal, Duration left) {
    return Caller.of(
        principal,
        Evidence.ofSession("aws-iam", Evidence.Carrier.CALL_METADATA, "one")
            .with(SECRET, List.of(new Fact("region", "region", "eu-central-1"))),
        time.instant().plus(left));
  }

  Caller edge() {
    return caller(IamRole.of(EDGE, "AROAEXAMPLE000000002"), Duration.ofMinutes(15));
  }

  Verification read(TransactionToken token) {
    return read(token.text());
  }

  Verification read(String token) {
    return orders.read(token, edge());
  }

  /** How many tokens were to be signed, with that result. */
  double mints(String result) {
    return telemetry.sum("rolecall.txntoken.mints{result=" + result + "}");
  }

  /** The caller that orders reads from it. */
  Caller passed(TransactionToken token) {
    return ((Verification.Verified) read(token)).caller();
  }

  @Override
  public void close() {
    orders.close();
    mint.close();
    runtime.close();
  }
}
