package dev.rolecall.tests.deploy;

import dev.rolecall.tests.checkout.Checkout;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The manifests of a folder, as maps and lists.
 *
 * @param folder the folder in the checkout
 */
record Manifests(String folder) {

  /** The guarded demo service. */
  static final Manifests EKS = new Manifests("deploy/eks");

  /** The access service. */
  static final Manifests ACCESS = new Manifests("deploy/access");

  /** A service behind the relay. */
  static final Manifests RELAY = new Manifests("deploy/relay");

  /** Services behind Envoy, which asks a checker. */
  static final Manifests ENVOY = new Manifests("deploy/envoy/kubernetes");

  /** The resources that kustomization.yaml lists, with all their objects. */
  List<Object> all() {
    return Stream.of(Tree.list(documents("kustomization.yaml").get(0), "resources"))
        .flatMap(List::stream)
        .flatMap(file -> documents(String.valueOf(file)).stream())
        .toList();
  }

  List<Object> documents(String file) {
    String text = Checkout.text(folder + "/" + file);
    return StreamSupport.stream(
            new Load(LoadSettings.builder().build()).loadAllFromString(text).spliterator(), false)
        .toList();
  }

  /** The object of that kind and name. */
  Object named(String kind, String name) {
    return all().stream()
        .filter(each -> kind.equals(Tree.at(each, "kind")))
        .filter(each -> name.equals(Tree.at(each, "metadata", "name")))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no " + kind + " " + name));
  }
}
