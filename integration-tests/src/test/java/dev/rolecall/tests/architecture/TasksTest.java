package dev.rolecall.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * No task is handed to an executor or a scheduler but by the supervisor: a scheduler of the JDK
 * drops a periodic task that threw, an executor its thread, and neither says so.
 */
@Tag("attack")
class TasksTest {

  private static final Set<String> HAND_OVERS =
      Set.of(
          "execute",
          "submit",
          "invokeAll",
          "invokeAny",
          "schedule",
          "scheduleAtFixedRate",
          "scheduleWithFixedDelay");

  private static final String SUPERVISOR = "identity.internal.";

  /** With an executor that the supervisor stands before, or a task that catches all it throws. */
  private static final Set<String> SUPERVISED_OTHERWISE =
      Set.of(
          // gRPC's own executor, which a call's credentials are given; the call's end says the
          // rest.
          "cli.connect.BearerToken.applyRequestMetadata",
          // A client's timer; the task catches what the listener throws.
          "grants.client.TimedResponses.time",
          // A name resolver has gRPC's own timer and context, which report what it throws.
          "proxy.relay.SeveralTargets.failed",
          // A piece of work hands all that it throws to those who wait for its answer.
          "service.store.internal.sql.Work.submit",
          // It runs for the store's life, and has the supervisor run each of its steps.
          "service.store.postgres.PostgresDatabase.<init>",
          // It catches what the executor throws, and what it hands over ends in a finally.
          "verifier.internal.http.HostNames.resolved");

  @Test
  void tasks_areHandedOverByTheSupervisorAlone() {
    Set<String> callers =
        MainClasses.callersOf(
            target ->
                target.owner().startsWith("java.util.concurrent.")
                    && target.owner().contains("Execut")
                    && HAND_OVERS.contains(target.name()));

    assertThat(callers).anyMatch(caller -> caller.startsWith(SUPERVISOR));
    assertThat(callers)
        .filteredOn(caller -> !isTool(caller) && !caller.startsWith(SUPERVISOR))
        .isSubsetOf(SUPERVISED_OTHERWISE);
  }

  @Test
  void stagesOfFutures_thatRunElsewhere_areOfTheClientsOfIssuersAlone() {
    Set<String> callers =
        MainClasses.callersOf(
            target ->
                target.owner().equals(CompletableFuture.class.getName())
                    && target.name().endsWith("Async"));

    // What such a stage throws completes it, and all of these tell those who wait.
    assertThat(callers)
        .filteredOn(caller -> !isTool(caller))
        .isSubsetOf(
            "service.token.TokenSigningKeys.later",
            "tokens.internal.http.IssuerExchanges.send",
            "tokens.internal.introspection.Introspector.ask",
            "verifier.internal.http.HttpStsTransport.send",
            "verifier.internal.sts.StsExchange.whenOver",
            "verifier.internal.sts.StsInquiry.close");
  }

  /** The emulated STS and the benchmarks, which guard nothing. */
  private static boolean isTool(String caller) {
    return caller.startsWith("stsemulator.") || caller.startsWith("benchmarks.");
  }
}
