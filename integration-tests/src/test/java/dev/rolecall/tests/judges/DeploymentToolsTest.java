package dev.rolecall.tests.judges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.rolecall.tests.checkout.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tools that users check such files with, on the files that a deployment applies. */
final class DeploymentToolsTest {

  /** The folder of the tools, where they are not on the path. */
  private static final String FOLDER = "rolecall.deployment.tools";

  @TempDir private Path scratch;

  /** What a shell says, and a stand-in for a command that is not there. */
  private static final int NOT_FOUND = 127;

  /** Runs a tool to its end; skips the test where it is not installed. */
  private static Program.Ended run(String name, String pythonPackage, List<String> arguments) {
    String folder = System.getProperty(FOLDER, "");
    String command = folder.isEmpty() ? name : Path.of(folder, name).toString();
    Optional<Program.Ended> ended =
        Program.of(command)
            .and(arguments.toArray(String[]::new))
            .run()
            .filter(each -> each.status() != NOT_FOUND);
    if (ended.isEmpty()) {
      return abort(
          name
              + " is not installed: pip install "
              + pythonPackage
              + ", and name the folder of the command by -D"
              + FOLDER
              + " where it is not on the path");
    }
    return ended.get();
  }

  private static Program.Ended cfnLint(List<String> files) {
    return run(
        "cfn-lint",
        "cfn-lint",
        Stream.concat(Stream.of("--regions", "eu-west-1", "--"), files.stream()).toList());
  }

  private static Program.Ended kubernetesValidate(List<String> files) {
    return run(
        "kubernetes-validate",
        "kubernetes-validate",
        Stream.concat(Stream.of("--strict", "--quiet"), files.stream()).toList());
  }

  private static List<String> files(String folder, String ending) {
    try (Stream<Path> files = Files.walk(Checkout.path(folder))) {
      return files.map(Path::toString).filter(file -> file.endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file with one word in it changed. */
  private String changed(String file, String from, String to) throws IOException {
    String text = Checkout.text(file);
    assertThat(text).contains(from);
    return Files.writeString(
            scratch.resolve(String.valueOf(Path.of(file).getFileName())), text.replace(from, to))
        .toString();
  }

  @Test
  void cfnLint_onTheTemplates_complainsOfTheChangedOneAlone() throws IOException {
    List<String> good = files("iam-policies/cloudformation", ".yaml");
    String bad =
        changed("iam-policies/cloudformation/sts-endpoint.yaml", "VpcEndpointType", "EndpointType");

    Program.Ended ended = cfnLint(Stream.concat(good.stream(), Stream.of(bad)).toList());

    assertThat(good).hasSize(3);
    assertThat(ended.status()).as("%s", ended.errors()).isNotZero();
    assertThat(ended.output()).contains("EndpointType").contains(bad);
    assertThat(good).allSatisfy(file -> assertThat(ended.output()).doesNotContain(file));
  }

  @Test
  void kubernetesSchemas_onTheManifests_complainOfTheChangedOneAlone() throws IOException {
    List<String> good =
        Stream.of("deploy/eks", "deploy/access", "deploy/relay", "deploy/envoy/kubernetes")
            .flatMap(folder -> files(folder, ".yaml").stream())
            .filter(file -> !file.endsWith("kustomization.yaml"))
            // Of kinds that these tools have no schema of.
            .filter(file -> !file.endsWith("envoy-gateway.yaml") && !file.endsWith("istio.yaml"))
            .toList();
    String bad = changed("deploy/eks/server.yaml", "readinessProbe", "readyProbe");

    Program.Ended clean = kubernetesValidate(good);
    Program.Ended ended = kubernetesValidate(List.of(bad));

    assertThat(good).hasSizeGreaterThan(3);
    assertThat(clean.status()).as("%s%s", clean.output(), clean.errors()).isZero();
    assertThat(ended.status()).isNotZero();
    assertThat(ended.output() + ended.errors()).contains("readyProbe");
  }

  @Test
  void hclParser_onTheModules_takesThem_andNotACutOne() throws IOException {
    List<String> good = files("iam-policies/terraform", ".tf");
    String text = Checkout.text("iam-policies/terraform/role/main.tf");
    Path bad = Files.writeString(scratch.resolve("main.tf"), text.substring(0, text.length() / 2));

    Program.Ended clean = hclParser(good);
    Program.Ended ended = hclParser(List.of(bad.toString()));

    assertThat(good).hasSizeGreaterThan(3);
    assertThat(clean.status()).as("%s", clean.errors()).isZero();
    assertThat(ended.status()).isNotZero();
    assertThat(ended.errors()).contains("Unexpected");
  }

  private Program.Ended hclParser(List<String> files) {
    return run(
        "hcl2tojson",
        "python-hcl2",
        Stream.concat(
                Stream.of("--output", scratch.resolve("json" + files.size()).toString()),
                files.stream())
            .toList());
  }
}
