package dev.rolecall.benchmarks.grants;

import static java.util.Objects.requireNonNull;

import dev.rolecall.benchmarks.fleet.CallerKeys;
import dev.rolecall.benchmarks.fleet.ChildCommands;
import dev.rolecall.benchmarks.fleet.EchoServer;
import dev.rolecall.benchmarks.fleet.OneClock;
import dev.rolecall.benchmarks.fleet.Orders;
import dev.rolecall.benchmarks.fleet.RunCertificate;
import dev.rolecall.benchmarks.pace.Terminal;
import dev.rolecall.grants.GrantFeed;
import dev.rolecall.grants.Staleness;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.policy.PolicySource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** A process of guarded servers, each with a feed, a guard and a runtime of all defaults. */
final class Enforcers implements ChildCommands {

  /**
   * {@code start STALENESS PORT,PORT KEYS}: starts servers that follow the nodes at those ports, in
   * the place of the last ones; answers with the servers' ports.
   */
  static final String START = "start";

  /** {@code stop}: ends the servers. */
  static final String STOP = "stop";

  /** {@code listen PORT}: as many clients as there are servers wait for pushes there. */
  static final String LISTEN = "listen";

  /** {@code pushed NUMBER}: answers when each client had that push. */
  static final String PUSHED = "pushed";

  /** Held strongly: the JDK would forget its level. It warns of each feed that is cut. */
  private static final Logger FEED = Logger.getLogger("rolecall.grants");

  private static final Duration LONGEST_PUSH = Duration.ofSeconds(30);

  private final RunCertificate certificate;
  private final URI sts;
  private final int first;
  private final List<EchoServer> servers = new ArrayList<>();
  private final List<PushReceiver> receivers = new ArrayList<>();

  private Enforcers(RunCertificate certificate, URI sts, int first) {
    this.certificate = requireNonNull(certificate, "certificate");
    this.sts = requireNonNull(sts, "sts");
    this.first = first;
  }

  public static void main(String[] arguments) throws Exception {
    Terminal.showWarningsOnly();
    FEED.setLevel(Level.OFF);
    new Enforcers(
            RunCertificate.read(Path.of(arguments[0])),
            URI.create(arguments[1]),
            Integer.parseInt(arguments[2]))
        .serve();
    System.exit(0);
  }

  @Override
  public String answer(String command) throws Exception {
    String[] words = command.split(" ", 4);
    return switch (words[0]) {
      case OneClock.COMMAND -> OneClock.answer();
      case START -> start(Staleness.valueOf(words[1]), words[2], CallerKeys.parse(words[3]));
      case STOP -> stop();
      case LISTEN -> listen(Integer.parseInt(words[1]));
      case PUSHED -> pushed(Long.parseLong(words[1]));
      default -> throw new IllegalArgumentException("command: " + words[0]);
    };
  }

  private String start(Staleness staleness, String nodes, CallerKeys keys) throws Exception {
    stop();
    List<Integer> ports = new ArrayList<>();
    for (String port : nodes.split(",", -1)) {
      ports.add(Integer.valueOf(port));
    }
    for (int i = first; i < first + Sizes.SERVERS_PER_PROCESS; i++) {
      servers.add(start(staleness, ports, keys, i));
    }
    return servers.stream()
        .map(server -> Integer.toString(server.port()))
        .collect(Collectors.joining(" "));
  }

  private EchoServer start(Staleness staleness, List<Integer> nodes, CallerKeys keys, int number)
      throws Exception {
    // Each starts at another node, so that all nodes have enforcers.
    GrantFeed feed = GrantFeed.follow(node(nodes, number), certificate.ofClient());
    for (int i = 1; i < nodes.size(); i++) {
      feed.orAt(node(nodes, number + i));
    }
    feed.callCredentials(Corp.credentials(sts, keys))
        .name("enforcer-" + number)
        .staleness(staleness);
    CallGuard guard =
        CallGuard.builder(PolicySource.fixed(Corp.policy()))
            .accept(Orders.verifier(sts))
            .grants(feed)
            .build();
    HeldStreams streams = new HeldStreams();
    var credentials = certificate.ofServer();
    return EchoServer.start(
            transport ->
                transport.apply(credentials).intercept(guard).addService(streams.service()))
        .closing(guard::close)
        .closing(streams::close);
  }

  private static String node(List<Integer> ports, int number) {
    return "127.0.0.1:" + ports.get(number % ports.size());
  }

  private String stop() {
    servers.forEach(EchoServer::close);
    servers.clear();
    return STOP;
  }

  private String listen(int port) throws Exception {
    for (int i = 0; i < Sizes.SERVERS_PER_PROCESS; i++) {
      receivers.add(PushReceiver.at(port, certificate.ofClient()));
    }
    return LISTEN;
  }

  private String pushed(long number) throws InterruptedException {
    List<String> times = new ArrayList<>();
    for (PushReceiver receiver : receivers) {
      times.add(Long.toString(receiver.await(number, LONGEST_PUSH)));
    }
    return String.join(" ", times);
  }
}
