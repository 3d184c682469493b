package dev.rolecall.stsemulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.stsemulator.protocol.RequestCounts;
import dev.rolecall.stsemulator.protocol.StsAction;
import dev.rolecall.stsemulator.protocol.StsErrorCode;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StsEmulatorTest extends EmulatorTest {

  @Test
  void endpoint_isOnTheLoopbackInterface() {
    assertThat(emulator.endpoint().toString()).matches("http://127\\.0\\.0\\.1:[1-9][0-9]*");
    assertThat(emulator.toString()).isEqualTo("StsEmulator[" + emulator.endpoint() + "]");
  }

  @Test
  void start_onAPortInUse_namesIt() {
    int port = emulator.endpoint().getPort();
    StsEmulator.Builder second = StsEmulator.builder().port(port);
    assertThatThrownBy(second::start)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("sts emulator: cannot listen on 127.0.0.1:" + port + ": ");
  }

  /** Of a network that RFC 5737 keeps for documents, so no machine has it. */
  @Test
  void start_onAnAddressOfAnotherMachine_namesIt() throws Exception {
    StsEmulator.Builder elsewhere =
        StsEmulator.builder().listenBeyondThisMachine(InetAddress.getByName("192.0.2.1"));
    assertThatThrownBy(elsewhere::start)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("sts emulator: cannot listen on 192.0.2.1:0: ");
  }

  @Test
  void start_onAllAddresses_isStillFoundOnThisMachine() throws Exception {
    try (StsEmulator open =
        StsEmulator.builder().listenBeyondThisMachine(InetAddress.getByName("0.0.0.0")).start()) {
      assertThat(open.endpoint().toString()).startsWith("http://127.0.0.1:");
      assertThat(get(open.endpoint()).statusCode()).isEqualTo(400);
      assertThat(open.requests().total()).isEqualTo(1);
    }
  }

  @Test
  void start_afterClose_canHaveThePortAgain() {
    emulator.close();
    try (StsEmulator again = StsEmulator.builder().port(emulator.endpoint().getPort()).start()) {
      assertThat(again.endpoint()).isEqualTo(emulator.endpoint());
    }
  }

  @Test
  void close_twice_leavesNothingRunning() throws Exception {
    assertThat(get(signer().presign()).statusCode()).isEqualTo(200);
    URI uri = signer().presign();
    emulator.close();
    emulator.close();
    assertThatThrownBy(() -> get(uri)).isInstanceOf(ConnectException.class);
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(Thread::isAlive)
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("sts-emulator-"));
  }

  @Test
  void builder_withPrincipals_knowsThemFromTheStart() {
    try (StsEmulator other =
        StsEmulator.builder()
            .principal(
                EmulatedPrincipal.builder(CHECKOUT).uniqueId("AROAEXAMPLE0000000001").build())
            .start()) {
      assertThat(other.uniqueId(CHECKOUT)).isEqualTo("AROAEXAMPLE0000000001");
    }
  }

  @Test
  void keys_areRandomForEachRun_andTheGeneratorsOwn() {
    try (StsEmulator one = StsEmulator.builder().random(new Random(1)).start();
        StsEmulator same = StsEmulator.builder().random(new Random(1)).start();
        StsEmulator other = StsEmulator.start()) {
      EmulatedCredentials first = one.addRole(CHECKOUT);
      assertThat(same.addRole(CHECKOUT)).isEqualTo(first).hasSameHashCodeAs(first);
      assertThat(other.addRole(CHECKOUT)).isNotEqualTo(first);
      assertThat(first.accessKeyId()).matches("ASIA[A-Z2-7]{16}");
      assertThat(first.secretAccessKey()).hasSize(40);
      assertThat(first.sessionToken().orElseThrow()).matches("[A-Za-z0-9+/]{800}");
      assertThat(one.addRole(CHECKOUT)).isNotEqualTo(first);
      assertThat(one.uniqueId(CHECKOUT)).isEqualTo(first.userId().substring(0, 21));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536})
  void port_outOfRange_isRefused(int port) {
    assertThatThrownBy(() -> StsEmulator.builder().port(port))
        .hasMessage("port: " + port + " (expected: 0 to 65535)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "eu", "EU-WEST-1", "eu-west-1.evil.com", "eu-west-1 "})
  void region_ofAnotherForm_isRefused(String region) {
    assertThatThrownBy(() -> StsEmulator.builder().region(region))
        .hasMessage("region: " + region + " (expected: the form eu-west-1)");
  }

  @Test
  void failNext_none_isRefused() {
    assertThatThrownBy(() -> emulator.failNext(0, Fault.closed()))
        .hasMessage("requests: 0 (expected: at least 1)");
  }

  @Test
  void addRole_ofAUser_isRefused() {
    assertThatThrownBy(() -> emulator.addRole("arn:aws:iam::111122223333:user/a"))
        .hasMessageStartingWith("role ARN: arn:aws:iam::111122223333:user/a (expected: ");
  }

  @Test
  void uniqueId_ofAStranger_isRefused() {
    assertThatThrownBy(() -> emulator.uniqueId("arn:aws:iam::111122223333:role/x"))
        .hasMessageContaining("expected: one that was added");
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:iam::111122223333:role/path/checkout,AROAEXAMPLE0000000001,principal ARN",
    "arn:aws:iam::111122223333:role/checkout,AROAEXAMPLE0000000001,unique id of",
  })
  void add_contradictingWhatIsKnown_isRefused(String arn, String id, String message) {
    EmulatedPrincipal principal = EmulatedPrincipal.builder(arn).uniqueId(id).build();
    assertThatThrownBy(() -> emulator.add(principal))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void add_withAnAccessKeyIdInUse_isRefused() {
    EmulatedPrincipal principal =
        EmulatedPrincipal.builder("arn:aws:iam::111122223333:role/other")
            .accessKeyId(checkout.accessKeyId())
            .build();
    assertThatThrownBy(() -> emulator.add(principal)).hasMessageContaining("not in use");
    assertThat(emulator.remove("arn:aws:iam::111122223333:role/other")).isFalse();
  }

  @Test
  void requests_areCountedOnceEach() throws Exception {
    assertThat(emulator.requests().total()).isZero();
    URI uri = signer().presign();
    get(uri);
    get(URI.create(uri + "0"));
    get(URI.create(emulator.endpoint() + "/?Action=Nonsense&Version=2011-06-15"));
    get(emulator.endpoint().resolve("/nowhere"));
    emulator.failNext(1, Fault.throttled());
    get(uri);
    RequestCounts counts = emulator.requests();
    assertThat(counts.total()).isEqualTo(5);
    assertThat(counts.of(StsAction.GET_CALLER_IDENTITY)).isEqualTo(3);
    assertThat(counts.of(StsAction.UNKNOWN)).isEqualTo(2);
    assertThat(counts.of(StsAction.ASSUME_ROLE)).isZero();
    assertThat(counts.answered()).isEqualTo(1);
    assertThat(counts.refused()).isEqualTo(3);
    assertThat(counts.faulted()).isEqualTo(1);
    assertThat(counts.refusedByCode())
        .isEqualTo(
            Map.of(
                StsErrorCode.SIGNATURE_DOES_NOT_MATCH, 1L,
                StsErrorCode.INVALID_ACTION, 1L,
                StsErrorCode.UNKNOWN_OPERATION, 1L));
  }

  @Test
  void requests_atOnce_areAllCounted() {
    URI uri = signer().presign();
    List<CompletableFuture<HttpResponse<String>>> answers =
        IntStream.range(0, 64)
            .mapToObj(i -> sendAsync(HttpRequest.newBuilder(uri).build()))
            .toList();
    assertThat(answers)
        .allSatisfy(
            answer ->
                assertThat(answer)
                    .succeedsWithin(PATIENCE)
                    .matches(response -> response.statusCode() == 200));
    assertThat(emulator.requests().answered()).isEqualTo(64);
  }

  @Test
  void awaitRequests_inVain_isFalse() throws Exception {
    assertThat(emulator.awaitRequests(0, Duration.ZERO)).isTrue();
    assertThat(emulator.awaitRequests(1, Duration.ofMillis(1))).isFalse();
  }
}
