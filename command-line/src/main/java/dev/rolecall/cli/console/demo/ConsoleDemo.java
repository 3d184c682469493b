package dev.rolecall.cli.console.demo;

import dev.rolecall.access.AuditRules;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.cli.connect.ChannelSecurity;
import dev.rolecall.cli.connect.ClientEnd;
import dev.rolecall.cli.console.call.ConsoleServers;
import dev.rolecall.cli.console.call.ServerEnd;
import dev.rolecall.cli.scene.AccessPerson;
import dev.rolecall.cli.scene.AccessScene;
import dev.rolecall.cli.scene.Guarding;
import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.decisions.DecisionFeed;
import dev.rolecall.identity.Audience;
import dev.rolecall.policy.PolicySource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An access service, a guarded server that gives its decisions, the emulator behind them, people
 * who ask and review, and traffic. All of it runs in this process.
 */
public final class ConsoleDemo implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final AccessRuntime runtime = AccessRuntime.builder().build();
  private final DecisionFeed feed = DecisionFeed.open(runtime);
  private final AccessScene scene;
  private final Colleagues colleagues;

  private ConsoleDemo() throws Exception {
    scene =
        AccessScene.open(
            DemoTexts.RULES,
            new Guarding(
                DemoTexts.POLICY,
                guard ->
                    guard
                        .runtime(runtime)
                        .shadowPolicy(PolicySource.fixed(AccessScene.policy(DemoTexts.SHADOW)))
                        .audit(feed.beside(AuditRules.ofDefaults().to(unused -> {}))),
                List.of(feed.service())));
    colleagues = Colleagues.at(scene);
  }

  /** Opens it; takes a second or two. */
  public static ConsoleDemo open() throws Exception {
    return new ConsoleDemo();
  }

  /** The policy of the guarded server. */
  public static String policy() {
    return DemoTexts.POLICY;
  }

  /** Has the others begin: they ask, review, call and stream. */
  public void begin() {
    colleagues.begin();
  }

  /** The servers, as that person calls them. */
  public ConsoleServers as(DemoPerson person) {
    AccessPerson caller = scene.person(person.set(), person.userName());
    return new ConsoleServers(
        Optional.of(end(scene.accessAddress(), "access", caller.accessProofs())),
        Optional.of(end(scene.ordersAddress(), "orders", caller.ordersProofs())));
  }

  private ServerEnd end(String address, String audience, IamCallCredentials proofs) {
    return new ServerEnd(
        new ServerEnd.Named(address, Audience.of(audience), ChannelSecurity.TLS, PATIENCE),
        () -> ClientEnd.withCallProofs(scene.clientCredentials(), proofs));
  }

  @Override
  public void close() throws IOException {
    colleagues.close();
    feed.close();
    scene.close();
    runtime.close();
  }
}
