package dev.rolecall.service;

import static dev.rolecall.service.StatedCallers.ANA;
import static dev.rolecall.service.StatedCallers.BATCH;
import static dev.rolecall.service.StatedCallers.BEN;
import static dev.rolecall.service.StatedCallers.LEE;
import static dev.rolecall.service.StatedCallers.MAX;
import static dev.rolecall.service.StatedCallers.ORDERS;
import static dev.rolecall.service.StatedCallers.PAT;
import static dev.rolecall.service.StatedCallers.SECURITY;
import static dev.rolecall.service.StatedCallers.STRANGER;
import static dev.rolecall.service.Steps.lockOf;
import static dev.rolecall.service.Steps.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.grant.Grants;
import dev.rolecall.access.grant.Holding;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.grants.GrantFeed;
import dev.rolecall.grants.v1.Enforcer;
import dev.rolecall.grants.v1.ExtendGrantRequest;
import dev.rolecall.grants.v1.Grant;
import dev.rolecall.grants.v1.GrantStatus;
import dev.rolecall.grants.v1.ListEnforcersRequest;
import dev.rolecall.grants.v1.ListEnforcersResponse;
import dev.rolecall.grants.v1.ListGrantsRequest;
import dev.rolecall.identity.Caller;
import dev.rolecall.policy.grant.PermissionName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Twenty servers that follow one node, all as they are delivered. */
class ManyServersTest {

  private static final int SERVERS = 20;
  private static final PermissionName READ = PermissionName.of("orders-read");
  private static final Map<String, Caller> HOLDERS =
      Map.of("ana", ANA, "ben", BEN, "max", MAX, "pat", PAT, "batch", BATCH);

  @TempDir private Path folder;

  private final AccessRuntime runtime = AccessRuntime.ofDefaults();
  private AccessNode node;
  private Steps steps;
  private List<Grants> servers = List.of();

  /** One role may have half of a node's places. */
  @BeforeEach
  void follow() throws IOException {
    Files.writeString(
        folder.resolve("rules.yaml"),
        AccessNode.RULES.replace(
            "role/orders\"]", "role/orders\", \"arn:aws:iam::111122223333:role/stranger\"]"));
    start();
    servers =
        IntStream.range(0, SERVERS)
            .mapToObj(each -> followed("server-" + each, each % 2 == 0 ? ORDERS : STRANGER))
            .toList();
  }

  private Grants followed(String name, Caller role) {
    Grants grants =
        GrantFeed.over("access", () -> node.newChannelOf(role)).name(name).open(runtime);
    grants.require(Set.of(READ));
    return grants;
  }

  private void start() {
    node = AccessNode.start(folder);
    steps = new Steps(node);
  }

  private void restart() {
    node.close();
    start();
  }

  @AfterEach
  void stop() {
    servers.forEach(Grants::close);
    runtime.close();
    node.close();
  }

  @Test
  void i11_nodeRestartedTwiceAndFeedsCut_allKnowTheStoresState() {
    Grant ofAna = steps.granted(ANA);
    Grant ofBen = steps.granted(BEN);
    Grant ofMax = steps.granted(MAX);
    Grant ofBatch = steps.granted(BATCH);
    assertThat(steps.granted(PAT).getId()).isNotEmpty();
    awaitAllKnow();

    // Each change is made while the servers are not connected.
    restart();
    var unused = steps.revoke(SECURITY, ofAna.getId());
    awaitAllKnow();

    node.cutConnections();
    unused = steps.revoke(SECURITY, ofBen.getId());
    var locked = steps.lock(lockOf("corp/pat@example.com"));
    extend(MAX, ofMax);
    restart();
    unused = steps.revoke(SECURITY, ofBatch.getId());
    Grant again = steps.granted(ANA);

    awaitAllKnow();
    assertThat(held(servers.get(0)).keySet()).containsExactly("ana", "max");
    assertThat(held(servers.get(0))).containsEntry("ana", Steps.millis(again.getEndsAt()));
    var unlocked = steps.unlock(locked.getId());
    assertThat(unlocked.getUnlocked()).isTrue();
    awaitAllKnow();
    assertThat(held(servers.get(0)).keySet()).containsExactly("ana", "max", "pat");
  }

  private void extend(Caller holder, Grant grant) {
    String asked =
        node.as(holder)
            .extendGrant(
                ExtendGrantRequest.newBuilder()
                    .setGrantId(grant.getId())
                    .setDuration(Steps.minutes(50))
                    .setReason("not done")
                    .build())
            .getId();
    var unused = steps.approve(LEE, asked);
  }

  private void awaitAllKnow() {
    soon().untilAsserted(() -> assertThat(confirmations()).hasSize(SERVERS));
    Map<String, Long> ofStore = heldByTheStore();
    assertThat(servers).allSatisfy(server -> assertThat(held(server)).isEqualTo(ofStore));
  }

  /** The servers that are connected and have confirmed the newest revision. */
  private Set<String> confirmations() {
    ListEnforcersResponse answer =
        node.as(SECURITY).listEnforcers(ListEnforcersRequest.getDefaultInstance());
    return answer.getEnforcersList().stream()
        .filter(Enforcer::getConnected)
        .filter(each -> each.getAcknowledgedRevision() == answer.getRevision())
        .map(Enforcer::getNode)
        .collect(Collectors.toSet());
  }

  private static Map<String, Long> held(Grants server) {
    Map<String, Long> held = new TreeMap<>();
    HOLDERS.forEach(
        (name, caller) -> {
          Holding holding = server.holding(caller, READ, Optional.empty());
          if (holding.isHeld()) {
            held.put(name, holding.end().toEpochMilli());
          }
        });
    return held;
  }

  /** The same by the list of the service, without those whose person is locked. */
  private Map<String, Long> heldByTheStore() {
    Map<String, Long> held = new TreeMap<>();
    List<Grant> active =
        node.as(SECURITY)
            .listGrants(ListGrantsRequest.newBuilder().addStates(GrantStatus.ACTIVE).build())
            .getGrantsList();
    HOLDERS.forEach(
        (name, caller) ->
            active.stream()
                .filter(grant -> isOf(grant, name) && !servers.get(0).isLocked(caller))
                .forEach(grant -> held.put(name, Steps.millis(grant.getEndsAt()))));
    return held;
  }

  private static boolean isOf(Grant grant, String name) {
    return grant.getHolder().getPerson().equals("corp/" + name + "@example.com")
        || grant.getHolder().getPrincipal().endsWith("role/" + name);
  }
}
