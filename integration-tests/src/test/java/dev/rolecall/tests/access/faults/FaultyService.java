package dev.rolecall.tests.access.faults;

import dev.rolecall.grants.GrantFeed;
import dev.rolecall.service.store.postgres.PostgresStore;
import dev.rolecall.testsupport.LocalPostgres;
import dev.rolecall.testsupport.Relay;
import dev.rolecall.testsupport.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * An access service that can be broken: two nodes as processes and one here whose clock is an hour
 * behind, all on one PostgreSQL, with a relay on each way. For one thread, but for the clients.
 */
final class FaultyService implements AutoCloseable {

  private static final Duration WRONG = Duration.ofHours(1);

  private final TestCertificate certificate = TestCertificate.generate();
  private final Deque<Runnable> open = new ArrayDeque<>();
  private final ShiftedSts exact = closing(ShiftedSts.by(Duration.ZERO), ShiftedSts::close);
  private final ShiftedSts behind = closing(ShiftedSts.by(WRONG.negated()), ShiftedSts::close);
  private final ShiftedSts ahead = closing(ShiftedSts.by(WRONG), ShiftedSts::close);
  private final List<ServingNode> nodes = new ArrayList<>();
  private final List<NodeRelays> relays = new ArrayList<>();
  private final List<NodeClient> clients = new ArrayList<>();
  private final LocalPostgres database;
  private final Relay databaseRelay;

  private FaultyService(LocalPostgres database) {
    this.database = closing(database, LocalPostgres::close);
    this.databaseRelay = closing(Relay.ofTcp(database.port()), Relay::close);
  }

  /**
   * Starts it.
   *
   * @param folder gets its files
   * @param programs those of PostgreSQL
   */
  static FaultyService start(Path folder, Path programs) throws Exception {
    FaultyService service = new FaultyService(LocalPostgres.start(programs));
    try {
      service.begin(folder);
      return service;
    } catch (Exception | Error e) {
      service.close();
      throw e;
    }
  }

  private void begin(Path folder) throws IOException {
    List<String> store = storeOptions(database, databaseRelay.port());
    for (String name : List.of("one", "two")) {
      nodes.add(
          closing(
              ServingNode.begin(folder, name, certificate, exact.endpoint(), store),
              ServingNode::close));
      if (nodes.size() == 1) {
        // It makes the schema; the others find it.
        nodes.get(0).awaitServing();
      }
    }
    nodes.get(1).awaitServing();
    BehindNode wrong =
        closing(
            new BehindNode(
                Files.writeString(folder.resolve("behind.yaml"), Staff.rules()),
                PostgresStore.at(url(databaseRelay.port())).passwordFile(database.passwordFile()),
                behind,
                certificate),
            BehindNode::close);
    for (ServingNode node : nodes) {
      reach(node.port(), exact);
    }
    reach(wrong.port(), behind);
  }

  /** The options of a node for that database, which it reaches at that port. */
  static List<String> storeOptions(LocalPostgres database, int port) {
    String password = database.passwordFile().toString();
    return List.of("--database", url(port), "--database-password-file", password);
  }

  private static String url(int port) {
    return "postgresql://127.0.0.1:" + port + "/postgres?user=" + LocalPostgres.USER;
  }

  private void reach(int port, ShiftedSts sts) {
    NodeRelays relay = closing(new NodeRelays(port), NodeRelays::close);
    relays.add(relay);
    clients.add(
        closing(new NodeClient(relay.callers(), certificate, sts, Staff.ASKER), NodeClient::close));
  }

  private <T> T closing(T resource, Consumer<T> close) {
    open.push(() -> close.accept(resource));
    return resource;
  }

  /** Its callers, by node. The last one is that of the node in this process. */
  List<NodeClient> clients() {
    return List.copyOf(clients);
  }

  /**
   * Starts guarded servers that follow it. The clock of the first is an hour ahead, and it follows
   * the node whose clock is an hour behind. The last two lose their feed at times.
   */
  List<Enforcer> enforcers(int count) throws IOException {
    List<Enforcer> enforcers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean losing = i >= count - 2;
      GrantFeed feed = i == 0 ? feed(2, losing, behind) : feed(i % 2, losing, exact);
      if (i > 0) {
        feed.orAt("127.0.0.1:" + relays.get((i + 1) % 2).feeds(losing));
      }
      enforcers.add(
          closing(
              new Enforcer(i, losing, i == 0 ? ahead : exact, certificate, feed), Enforcer::close));
    }
    return enforcers;
  }

  private GrantFeed feed(int node, boolean losing, ShiftedSts sts) {
    return GrantFeed.follow(
            "127.0.0.1:" + relays.get(node).feeds(losing), TestCertificate.trusting(certificate))
        .callCredentials(sts.proofs(Staff.ENFORCER, Staff.ACCESS));
  }

  LocalPostgres database() {
    return database;
  }

  Relay databaseRelay() {
    return databaseRelay;
  }

  /** One of the two nodes that are processes. */
  ServingNode node(int number) {
    return nodes.get(number);
  }

  List<NodeRelays> relays() {
    return relays;
  }

  /** Kills a node, and starts it again at once. */
  void restart(int number) throws IOException {
    nodes.get(number).kill();
    relays.get(number).leadTo(nodes.get(number).startAgain());
    clients.get(number).reconnect();
  }

  /** Lets the feeds that were taken away connect again. */
  void giveBack() {
    for (int i = 0; i < nodes.size(); i++) {
      relays.get(i).giveBack(nodes.get(i).port());
    }
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      open.pop().run();
    }
  }
}
