package dev.rolecall.verifier.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host whose name is not resolved holds up nobody else's requests, and no more than a thread. */
@Tag("attack")
final class HostNamesTest {

  private static final URI SLOW = URI.create("https://sts.eu-west-1.amazonaws.com/?a=b");
  private static final URI OTHER = URI.create("https://sts.us-east-1.amazonaws.com/?a=b");

  private final List<Runnable> waiting = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();
  private final HostNames names =
      new HostNames(
          waiting::add,
          host -> {
            asked.add(host);
            return new InetAddress[0];
          },
          StsProxies.of(Map.of()));

  @Test
  void resolved_manyRequestsToOneHost_waitForOneLookUp() {
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      all.add(names.resolved(SLOW));
    }
    assertThat(waiting).hasSize(1);
    assertThat(all).noneMatch(CompletableFuture::isDone);

    waiting.get(0).run();

    assertThat(all).allMatch(one -> one.isDone() && !one.isCompletedExceptionally());
    assertThat(asked).containsExactly(SLOW.getHost());
  }

  @Test
  void resolved_whileAnotherHostIsNot_completes() {
    CompletableFuture<Void> slow = names.resolved(SLOW);
    CompletableFuture<Void> other = names.resolved(OTHER);

    waiting.get(1).run();

    assertThat(other).isCompleted();
    assertThat(slow).isNotDone();
  }

  @Test
  void resolved_again_looksAgain() {
    var unused = names.resolved(SLOW);
    waiting.remove(0).run();

    assertThat(names.resolved(SLOW)).isNotDone();
    assertThat(waiting).hasSize(1);
  }

  @Test
  void resolved_unknownHost_isLeftToTheClientToFindOut() {
    HostNames none =
        new HostNames(
            Runnable::run,
            host -> {
              throw new UnknownHostException(host);
            },
            StsProxies.of(Map.of()));

    assertThat(none.resolved(SLOW)).isCompleted();
    assertThat(none.resolved(SLOW)).isCompleted();
  }

  @Test
  void resolved_byAResolverWithADefect_holdsUpNobodyForEver() {
    HostNames broken =
        new HostNames(
            waiting::add,
            host -> {
              throw new IllegalStateException("defect");
            },
            StsProxies.of(Map.of()));
    CompletableFuture<Void> first = broken.resolved(SLOW);

    assertThatIllegalStateException().isThrownBy(waiting.remove(0)::run);

    assertThat(first).isCompleted();
    assertThat(broken.resolved(SLOW)).isNotSameAs(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:4566/?a=b", "https://[::1]/", "https://192.0.2.1/"})
  void resolved_address_isNotLookedUp(String uri) {
    assertThat(names.resolved(URI.create(uri))).isCompleted();
    assertThat(waiting).isEmpty();
  }

  @Test
  void resolved_hostBehindAProxy_isLeftToTheProxy() {
    HostNames behind =
        new HostNames(
            waiting::add,
            host -> new InetAddress[0],
            StsProxies.of(Map.of("HTTPS_PROXY", "http://proxy.example:3128")));

    assertThat(behind.resolved(SLOW)).isCompleted();
    assertThat(waiting).isEmpty();
  }

  @Test
  void addresses_ofAHost_areAllThereAreFromTheOneAskedForOn() throws UnknownHostException {
    InetAddress[] zones = {LineServer.loopback(1), LineServer.loopback(2), LineServer.loopback(3)};
    HostNames names = new HostNames(Runnable::run, host -> zones, StsProxies.of(Map.of()));

    assertThat(names.addresses("x", 0))
        .containsExactly(LineServer.loopback(1), LineServer.loopback(2), LineServer.loopback(3));
    assertThat(names.addresses("x", 1))
        .containsExactly(LineServer.loopback(2), LineServer.loopback(3), LineServer.loopback(1));
  }
}
