package dev.rolecall.benchmarks.grants;

import static java.util.Objects.requireNonNull;

import dev.rolecall.benchmarks.fleet.ChildProcess;
import dev.rolecall.benchmarks.fleet.FeedRelay;
import dev.rolecall.benchmarks.fleet.OneClock;
import dev.rolecall.benchmarks.fleet.RunCertificate;
import dev.rolecall.benchmarks.pace.Pause;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.testsupport.LocalPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * An access service: processes of nodes on one store, and a relay in front of each that enforcers
 * follow it through. For one thread.
 */
final class Service implements AutoCloseable {

  private static final List<String> HEAP = List.of("-Xmx512m");
  private static final Duration POLL = Duration.ofMillis(50);
  private static final int MOST_POLLS = 1_200;

  private final List<ChildProcess> nodes = new ArrayList<>();
  private final List<FeedRelay> relays = new ArrayList<>();
  private final List<AccessClient> clients = new ArrayList<>();
  private final Deque<LocalPostgres> store = new ArrayDeque<>();
  private int turn;

  private Service() {}

  /**
   * The place of a run.
   *
   * @param file the file of the certificate
   * @param rules the file of the rules
   * @param keys of those who call the service
   */
  record Place(
      RunCertificate certificate, Path file, Path rules, StsEmulator sts, AccessClient.Keys keys) {

    /** Refuses absent parts. */
    Place {
      requireNonNull(certificate, "certificate");
      requireNonNull(file, "file");
      requireNonNull(rules, "rules");
      requireNonNull(sts, "sts");
      requireNonNull(keys, "keys");
    }
  }

  /** Two nodes on a new PostgreSQL server by those programs. */
  static Service onPostgres(Place place, Path programs) throws Exception {
    Service service = new Service();
    try {
      LocalPostgres postgres = LocalPostgres.start(programs);
      service.store.push(postgres);
      String start =
          String.join(
              " ",
              ServiceNode.POSTGRES,
              postgres.jdbcUrl("postgres"),
              LocalPostgres.USER,
              postgres.passwordFile().toString());
      service.addNode(place, start);
      service.addNode(place, start);
      return service;
    } catch (Exception e) {
      service.close();
      throw e;
    }
  }

  /** One node on a new SQLite database in that folder. */
  static Service onSqlite(Place place, Path folder) throws Exception {
    Service service = new Service();
    try {
      service.addNode(place, ServiceNode.SQLITE + " " + folder);
      return service;
    } catch (Exception e) {
      service.close();
      throw e;
    }
  }

  private void addNode(Place place, String start)
      throws IOException, InterruptedException, GeneralSecurityException {
    ChildProcess node =
        ChildProcess.start(
            ServiceNode.class,
            HEAP,
            List.of(
                place.file().toString(),
                place.rules().toString(),
                place.sts().endpoint().toString()));
    nodes.add(node);
    OneClock.check(node);
    int port = Integer.parseInt(node.ask(start));
    relays.add(FeedRelay.to(port));
    AccessClient client = AccessClient.of(port, place.certificate(), place.sts(), place.keys());
    clients.add(client);
    client.greetAsAdmin();
  }

  /** The ports that enforcers follow, with commas between them. */
  String feeds() {
    return String.join(",", relays.stream().map(relay -> Integer.toString(relay.port())).toList());
  }

  /** A client of the next node, in turn. */
  AccessClient client() {
    return clients.get(turn++ % clients.size());
  }

  /**
   * Waits until all enforcers follow the nodes.
   *
   * @throws IllegalStateException if they do not within a minute
   */
  void awaitEnforcers() throws IOException, InterruptedException {
    for (int polls = 0; ; polls++) {
      int followers = 0;
      for (ChildProcess node : nodes) {
        followers += Integer.parseInt(node.ask(ServiceNode.SUBSCRIBERS));
      }
      if (followers == Sizes.ENFORCERS) {
        return;
      }
      if (polls == MOST_POLLS) {
        throw new IllegalStateException(
            "enforcers that follow: " + followers + " (expected: " + Sizes.ENFORCERS + ")");
      }
      Pause.of(POLL);
    }
  }

  /** Cuts all feeds. Enforcers may connect again at once. */
  void cutFeeds() {
    relays.forEach(FeedRelay::cut);
  }

  /** Takes away nodes, store and feeds at once, as crashes would. */
  void kill() throws IOException, InterruptedException {
    for (ChildProcess node : nodes) {
      node.kill();
    }
    for (FeedRelay relay : relays) {
      relay.close();
    }
    store.forEach(LocalPostgres::close);
    store.clear();
  }

  @Override
  public void close() throws IOException {
    clients.forEach(AccessClient::close);
    for (FeedRelay relay : relays) {
      relay.close();
    }
    nodes.forEach(ChildProcess::close);
    store.forEach(LocalPostgres::close);
  }
}
