package dev.rolecall.tests.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.service.rules.document.RulesDocument;
import dev.rolecall.service.rules.document.RulesReading;
import dev.rolecall.tests.checkout.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The manifests of the access service fit one another and the command that they run. */
class AccessManifestsTest {

  private static Object pod() {
    return Tree.at(Manifests.ACCESS.named("Deployment", "access"), "spec", "template", "spec");
  }

  private static Object container() {
    return Tree.at(pod(), "containers", 0);
  }

  private static List<String> arguments() {
    return Tree.list(container(), "args").stream().map(String::valueOf).toList();
  }

  @Test
  void kustomization_listsEveryFile() throws IOException {
    try (Stream<Path> files = Files.list(Checkout.path("deploy/access"))) {
      assertThat(files.map(file -> String.valueOf(file.getFileName())))
          .filteredOn(name -> !name.equals("kustomization.yaml"))
          .containsExactlyInAnyOrderElementsOf(
              Tree.list(Manifests.ACCESS.documents("kustomization.yaml").get(0), "resources")
                  .stream()
                  .map(String::valueOf)
                  .toList());
    }
  }

  @Test
  void service_runsAsAServiceAccountOfItsRole() {
    assertThat(Tree.at(pod(), "serviceAccountName")).isEqualTo("access");
    assertThat(
            Tree.at(
                Manifests.ACCESS.named("ServiceAccount", "access"),
                "metadata",
                "annotations",
                "eks.amazonaws.com/role-arn"))
        .isEqualTo("arn:aws:iam::111122223333:role/access-service");
    assertThat(Checkout.text("docs/access.md"))
        .contains("RoleName=access-service", "Namespace=access ServiceAccount=access");
    assertThat(Tree.at(pod(), "securityContext", "runAsNonRoot")).isEqualTo(true);
  }

  @Test
  void command_hasTheOptionsThatAreUsed() {
    List<String> used =
        arguments().stream().flatMap(each -> RolecallOptions.in(each).stream()).toList();

    assertThat(arguments()).startsWith("access", "serve").contains("--attested");
    assertThat(used).hasSizeGreaterThan(8);
    assertThat(RolecallOptions.known()).containsAll(used);
  }

  @Test
  void eachFileThatIsNamed_isMounted() {
    List<String> mounts =
        Tree.list(container(), "volumeMounts").stream()
            .map(mount -> String.valueOf(Tree.at(mount, "mountPath")))
            .toList();

    assertThat(arguments())
        .filteredOn(each -> each.contains("/etc/"))
        .hasSize(4)
        .allSatisfy(each -> assertThat(mounts).anyMatch(each::contains));
    assertThat(Tree.list(container(), "volumeMounts"))
        .noneMatch(mount -> ((Map<?, ?>) mount).containsKey("subPath"));
  }

  /** As the service wants key files: SealingKeyFileTest has the rule of owners and modes. */
  @Test
  void sealingKey_isASecretThatTheGroupOfThePodReads() {
    Map<?, ?> volume = volume("sealing");

    assertThat(arguments()).contains("--key-file=/etc/sealing/sealing.key");
    assertThat(Tree.at(volume, "secret", "secretName")).isEqualTo("access-sealing");
    // An octal number for Kubernetes, whose YAML is 1.1; none in YAML 1.2.
    assertThat(Tree.at(volume, "secret", "defaultMode")).isEqualTo("0440");
    assertThat(Tree.at(pod(), "securityContext", "fsGroup"))
        .isEqualTo(Tree.at(pod(), "securityContext", "runAsGroup"));
    assertThat(Tree.list(container(), "volumeMounts"))
        .filteredOn(mount -> Tree.at(mount, "name").equals("sealing"))
        .singleElement()
        .satisfies(mount -> assertThat(Tree.at(mount, "readOnly")).isEqualTo(true));
    assertThat(Checkout.text("docs/access.md"))
        .contains("generic access-sealing --from-file=sealing.key");
  }

  private static Map<?, ?> volume(String name) {
    return Tree.list(pod(), "volumes").stream()
        .map(volume -> (Map<?, ?>) volume)
        .filter(volume -> name.equals(volume.get("name")))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void database_isTheServiceOfThatName() {
    String name = "access-database";

    assertThat(Tree.at(Manifests.ACCESS.named("Service", name), "spec", "type"))
        .isEqualTo("ExternalName");
    assertThat(arguments()).anyMatch(each -> each.contains("//" + name + ":5432/"));
    assertThat(Checkout.text("docs/access.md"))
        .contains("generic " + name + " --from-file=password");
  }

  @Test
  void rules_load_andTheirEnforcerIsTheServerOfTheOtherGuide() {
    String text =
        String.valueOf(
            Tree.at(Manifests.ACCESS.named("ConfigMap", "access-rules"), "data", "rules.yaml"));

    RulesReading reading = RulesDocument.read("rules.yaml", text.getBytes(UTF_8));

    assertThat(reading).isInstanceOf(RulesReading.Loaded.class);
    assertThat(((RulesReading.Loaded) reading).notes()).isEmpty();
    assertThat(((RulesReading.Loaded) reading).rules().enforcers())
        .extracting(String::valueOf)
        .containsExactly(
            String.valueOf(
                Tree.at(
                    Manifests.EKS.named("ServiceAccount", "orders-server"),
                    "metadata",
                    "annotations",
                    "eks.amazonaws.com/role-arn")));
  }
}
