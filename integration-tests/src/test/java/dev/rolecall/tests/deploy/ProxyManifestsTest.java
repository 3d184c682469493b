package dev.rolecall.tests.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.cli.Rolecall;
import dev.rolecall.tests.checkout.Checkout;
import dev.rolecall.testsupport.TestCertificate;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manifests of relay and checker fit one another and the commands that they run. */
class ProxyManifestsTest {

  @TempDir Path folder;

  private static Object pod(List<Object> documents) {
    return Tree.at(named(documents, "Deployment"), "spec", "template", "spec");
  }

  private static Object named(List<Object> documents, String kind) {
    return documents.stream()
        .filter(each -> kind.equals(Tree.at(each, "kind")))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no " + kind));
  }

  private static Object container(Object pod, String name) {
    return Tree.list(pod, "containers").stream()
        .filter(each -> name.equals(Tree.at(each, "name")))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no container " + name));
  }

  private static List<String> arguments(Object container) {
    return Tree.list(container, "args").stream().map(String::valueOf).toList();
  }

  private static List<String> mounts(Object container) {
    return Tree.list(container, "volumeMounts").stream()
        .map(mount -> String.valueOf(Tree.at(mount, "mountPath")))
        .toList();
  }

  private static String config(String file) {
    return String.valueOf(
        Tree.at(Manifests.RELAY.named("ConfigMap", "inventory-relay"), "data", file));
  }

  private static int rolecall(StringWriter out, String... arguments) {
    return Rolecall.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(out))
        .execute(arguments);
  }

  @Test
  void kustomizationOfTheRelay_listsEveryFile() throws IOException {
    try (Stream<Path> files = Files.list(Checkout.path("deploy/relay"))) {
      assertThat(files.map(file -> String.valueOf(file.getFileName())))
          .filteredOn(name -> !name.equals("kustomization.yaml"))
          .containsExactlyInAnyOrderElementsOf(
              Tree.list(Manifests.RELAY.documents("kustomization.yaml").get(0), "resources")
                  .stream()
                  .map(String::valueOf)
                  .toList());
    }
  }

  @Test
  void configurationOfTheRelay_isGood_withTheFilesThatAreMounted() throws IOException {
    Object relay = container(pod(Manifests.RELAY.all()), "relay");
    assertThat(arguments(relay)).containsExactly("relay", "--config=/etc/relay/relay.yaml");
    assertThat(mounts(relay)).contains("/etc/relay", "/etc/relay-tls", "/etc/relay-keys");
    TestCertificate.generate().writePem(folder.resolve("tls.crt"), folder.resolve("tls.key"));
    StringWriter said = new StringWriter();
    assertThat(
            rolecall(
                said, "exchange", "rotate", "--key-ring", folder.resolve("ring.json").toString()))
        .as("%s", said)
        .isZero();
    Files.writeString(folder.resolve("inventory.yaml"), config("inventory.yaml"));
    Path file =
        Files.writeString(
            folder.resolve("relay.yaml"),
            config("relay.yaml").replaceAll("/etc/relay(-tls|-keys)?/", folder + "/"));

    assertThat(rolecall(said, "relay", "--config", file.toString(), "--check-config"))
        .as("%s", said)
        .isZero();

    Files.writeString(file, Files.readString(file).replace("txn_domain", "txn_domian"));
    assertThat(rolecall(said, "relay", "--config", file.toString(), "--check-config")).isOne();
    assertThat(said.toString()).contains("relay.yaml:", "txn_domian");
  }

  /** Else a caller goes round the relay, and the service believes a token of any other caller. */
  @Test
  void service_isReachedByTheRelayAlone() {
    Object pod = pod(Manifests.RELAY.all());

    assertThat(arguments(container(pod, "inventory"))).contains("--listen=127.0.0.1:50051");
    assertThat(container(pod, "inventory").toString()).doesNotContain("containerPort");
    assertThat(config("relay.yaml")).contains("upstream: 127.0.0.1:50051");
    assertOnlyThesePortsAreReached(Manifests.RELAY.all(), "grpc", "http");
  }

  private static void assertOnlyThesePortsAreReached(List<Object> documents, String... ports) {
    Object policy = named(documents, "NetworkPolicy");
    assertThat(Tree.at(policy, "spec", "podSelector", "matchLabels"))
        .isEqualTo(Tree.at(named(documents, "Deployment"), "spec", "selector", "matchLabels"));
    assertThat(Tree.list(policy, "spec", "ingress"))
        .extracting(rule -> String.valueOf(Tree.at(rule, "ports", 0, "port")))
        .containsExactly(ports);
    assertThat(String.valueOf(Tree.list(policy, "spec", "ingress").get(1)))
        .as("who reads metrics")
        .contains("from=");
  }

  @Test
  void keys_areASecretThatTheGroupOfThePodReads() {
    for (List<Object> each : List.of(Manifests.RELAY.all(), sidecar())) {
      Object volume =
          Tree.list(pod(each), "volumes").stream()
              .filter(one -> "keys".equals(Tree.at(one, "name")))
              .findFirst()
              .orElseThrow();
      assertThat(Tree.at(volume, "secret", "defaultMode")).isEqualTo("0440");
      assertThat(Tree.at(pod(each), "securityContext", "fsGroup"))
          .isEqualTo(Tree.at(pod(each), "securityContext", "runAsGroup"));
    }
  }

  private static List<Object> sidecar() {
    return Manifests.ENVOY.documents("sidecar.yaml");
  }

  @Test
  void socketOfTheChecker_isWhereEnvoyLooksForIt() {
    Object checker = container(pod(sidecar()), "checker");
    String envoy = Checkout.text("deploy/envoy/sidecar.yaml");

    assertThat(arguments(checker)).contains("--unix=/run/rolecall/checker.sock");
    assertThat(envoy).contains("pipe: {path: /run/rolecall/checker.sock}", "port_value: 8080");
    assertThat(mounts(checker)).contains("/run/rolecall", "/etc/rolecall", "/etc/checker-keys");
    assertThat(mounts(container(pod(sidecar()), "envoy"))).contains("/run/rolecall");
    assertThat(mounts(container(pod(sidecar()), "envoy"))).doesNotContain("/etc/checker-keys");
    assertThat(arguments(container(pod(sidecar()), "orders"))).contains("--listen=127.0.0.1:50051");
    assertOnlyThesePortsAreReached(sidecar(), "grpc", "http");
  }

  @Test
  void commandOfTheChecker_hasTheOptionsThatAreUsed() {
    List<String> used =
        arguments(container(pod(sidecar()), "checker")).stream()
            .flatMap(each -> RolecallOptions.in(each).stream())
            .toList();

    assertThat(used).hasSizeGreaterThan(6);
    assertThat(RolecallOptions.known()).containsAll(used);
  }

  @Test
  void gateways_letNoCallThrough_thatTheCheckerWasNotAskedAbout() {
    Object policy = named(Manifests.ENVOY.documents("envoy-gateway.yaml"), "SecurityPolicy");
    assertThat(Tree.at(policy, "spec", "extAuth", "failOpen")).isEqualTo(false);
    assertThat(Tree.list(policy, "spec", "extAuth", "headersToExtAuth"))
        .contains("authorization", "rolecall-grant");

    String mesh =
        String.valueOf(
            Tree.at(named(Manifests.ENVOY.documents("istio.yaml"), "ConfigMap"), "data", "mesh"));
    assertThat(mesh).contains("failOpen: false", "statusOnError: \"503\"", "timeout: 2s");
  }

  @Test
  void gateway_removesWhatSaysWhoCalled_beforeItAsks() {
    Object policy = named(Manifests.ENVOY.documents("envoy-gateway.yaml"), "ClientTrafficPolicy");

    assertThat(Tree.list(policy, "spec", "headers", "earlyRequestHeaders", "remove"))
        .containsExactlyInAnyOrder("txn-token", "x-rolecall-principal", "x-rolecall-scheme");
  }
}
