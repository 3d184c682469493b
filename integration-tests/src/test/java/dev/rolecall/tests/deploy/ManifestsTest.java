package dev.rolecall.tests.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.RoleArn;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.document.PolicyDocument;
import dev.rolecall.policy.document.PolicyFile;
import dev.rolecall.policytools.Explanation;
import dev.rolecall.tests.checkout.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests fit one another, the trust policies and the command that they run. */
class ManifestsTest {

  private static final String CLIENT = "arn:aws:iam::111122223333:role/orders-client";
  private static final MethodPath WHO_AM_I = MethodPath.parse("/rolecall.demo.v1.Echo/WhoAmI");

  @TempDir private Path folder;

  private static String policyText() {
    return (String)
        Tree.at(Manifests.EKS.named("ConfigMap", "orders-policy"), "data", "orders.yaml");
  }

  private static Object container(String deployment) {
    return Tree.at(
        Manifests.EKS.named("Deployment", deployment), "spec", "template", "spec", "containers", 0);
  }

  private static boolean isAllowed(AccessPolicy policy, String role) {
    return Explanation.of(policy, RoleArn.parse(role), Optional.empty(), WHO_AM_I).isAllowed();
  }

  @Test
  void kustomization_listsEveryFile() throws IOException {
    try (Stream<Path> files = Files.list(Checkout.path("deploy/eks"))) {
      assertThat(files.map(file -> String.valueOf(file.getFileName())))
          .filteredOn(name -> !name.equals("kustomization.yaml"))
          .containsExactlyInAnyOrderElementsOf(
              Tree.list(Manifests.EKS.documents("kustomization.yaml").get(0), "resources").stream()
                  .map(String::valueOf)
                  .toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"orders-server", "orders-client"})
  void deployment_runsAsAServiceAccountOfTheRoleOfItsName(String name) {
    Object pod = Tree.at(Manifests.EKS.named("Deployment", name), "spec", "template", "spec");
    Object account = Manifests.EKS.named("ServiceAccount", name);

    assertThat(Tree.at(pod, "serviceAccountName")).isEqualTo(name);
    assertThat(Tree.at(account, "metadata", "namespace")).isEqualTo("orders");
    assertThat(Tree.at(account, "metadata", "annotations", "eks.amazonaws.com/role-arn"))
        .isEqualTo("arn:aws:iam::111122223333:role/" + name);
    assertThat(Tree.at(pod, "securityContext", "runAsNonRoot")).isEqualTo(true);
    assertThat(container(name)).asString().contains("readinessProbe=", "livenessProbe=");
  }

  @Test
  void trustPolicies_nameTheServiceAccountOfTheClient() {
    assertThat(PolicyFiles.text("trust/eks-irsa.json"))
        .contains("system:serviceaccount:orders:orders-client");
    assertThat(PolicyFiles.text("trust/eks-pod-identity.json"))
        .contains("\"aws:RequestTag/kubernetes-namespace\": \"orders\"")
        .contains("\"aws:RequestTag/kubernetes-service-account\": \"orders-client\"");
  }

  @Test
  void server_readsThePolicyOfTheConfigMap_whereItIsRenewed() {
    Object server = container("orders-server");
    Object mount = Tree.at(server, "volumeMounts", 0);
    Object volume =
        Tree.at(
            Manifests.EKS.named("Deployment", "orders-server"),
            "spec",
            "template",
            "spec",
            "volumes",
            0);

    assertThat(Tree.list(server, "args"))
        .contains("--policy=" + Tree.at(mount, "mountPath") + "/orders.yaml");
    assertThat(((Map<?, ?>) mount).containsKey("subPath")).isFalse();
    assertThat(Tree.at(volume, "name")).isEqualTo(Tree.at(mount, "name"));
    assertThat(Tree.at(volume, "configMap", "name")).isEqualTo("orders-policy");
  }

  @Test
  void commands_haveTheOptionsThatAreUsed() {
    List<String> client =
        RolecallOptions.in(String.valueOf(Tree.list(container("orders-client"), "args").get(0)));
    List<String> server =
        Tree.list(container("orders-server"), "args").stream()
            .flatMap(argument -> RolecallOptions.in(String.valueOf(argument)).stream())
            .toList();

    assertThat(client).hasSize(3);
    assertThat(server).hasSize(7);
    assertThat(RolecallOptions.known()).containsAll(client).containsAll(server);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:iam::111122223333:role/orders-server",
        "arn:aws:iam::111122223333:role/orders-client2",
        "arn:aws:iam::444455556666:role/orders-client"
      })
  void policy_allowsTheClientAndNobodyElse(String stranger) throws IOException {
    AccessPolicy policy = PolicyDocument.load(Files.writeString(folder.resolve("p"), policyText()));

    assertThat(isAllowed(policy, CLIENT)).isTrue();
    assertThat(isAllowed(policy, stranger)).isFalse();
  }

  @Test
  void policy_inAMountedConfigMap_isFollowedAsTheKubeletRenewsIt() throws Exception {
    MountedConfigMap mounted = MountedConfigMap.at(folder, Map.of("orders.yaml", policyText()));
    CountDownLatch reloaded = new CountDownLatch(1);
    try (PolicyFile policy =
        PolicyFile.builder(mounted.file("orders.yaml"))
            .period(Duration.ofMillis(100))
            .onReload(result -> reloaded.countDown())
            .follow()) {
      assertThat(isAllowed(policy.current(), CLIENT)).isTrue();

      mounted.update(Map.of("orders.yaml", policyText().replace("orders-client", "reports")));

      assertThat(reloaded.await(2, TimeUnit.MINUTES)).isTrue();
      assertThat(isAllowed(policy.current(), CLIENT)).isFalse();
      assertThat(isAllowed(policy.current(), "arn:aws:iam::111122223333:role/reports")).isTrue();
    }
  }
}
