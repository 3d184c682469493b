package dev.rolecall.benchmarks.hooks;

import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.Decision;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.PolicyBuilder;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Decisions by policies of growing size, half their rules with a literal role and path, half with a
 * pattern of each.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PolicyDecisions {

  /** More than a policy remembers, so that each is decided anew when its turn comes again. */
  private static final int STRANGERS = 16_384;

  private static final String ROLE = "arn:aws:iam::111122223333:role/";

  @Param({"1", "100", "10000"})
  private int rules = 1;

  private final Caller[] strangers = new Caller[STRANGERS];
  private AccessPolicy policy = AccessPolicy.builder("none").build();
  private Caller known = caller("role-0");
  private MethodPath method = MethodPath.parse("/orders.v1.Orders0/Get");
  private int turn;

  /** Makes a policy whose last rule allows the known caller. */
  @Setup
  public void prepare() {
    PolicyBuilder builder = AccessPolicy.builder("growing");
    for (int i = rules - 1; i >= 0; i--) {
      String end = i % 2 == 0 ? "" : "-*";
      builder.allow(
          "rule " + i,
          List.of(RolePattern.parse(ROLE + "role-" + i + end)),
          "/orders.v1.Orders" + i + (i % 2 == 0 ? "/Get" : "/*"));
    }
    policy = builder.build();
    for (int i = 0; i < STRANGERS; i++) {
      strangers[i] = caller("stranger-" + i);
    }
    if (!decideKnown().isAllowed() || decideStranger().isAllowed()) {
      throw new IllegalStateException("the policy is not the one that was meant");
    }
  }

  private static Caller caller(String role) {
    return Caller.of(
        new IamRole(RoleArn.parse(ROLE + role), RoleId.parse("AROABENCHMARKBENCHMAR")),
        Evidence.ofSession("aws-iam", Evidence.Carrier.CALL_METADATA, "session"),
        Instant.ofEpochSecond(32_503_680_000L));
  }

  @Benchmark
  public Decision decideKnown() {
    return policy.decide(known, method);
  }

  @Benchmark
  public Decision decideStranger() {
    return policy.decide(strangers[turn++ & (STRANGERS - 1)], method);
  }
}
