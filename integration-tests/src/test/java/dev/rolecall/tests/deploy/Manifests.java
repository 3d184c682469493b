package dev.rolecall.tests.deploy;

import dev.rolecall.tests.checkout.Checkout;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The manifests of {@code deploy/eks}, as maps and lists. */
final class Manifests {

  private static final String FOLDER = "deploy/eks/";

  private Manifests() {}

  /** The resources that kustomization.yaml lists, with all their objects. */
  static List<Object> all() {
    return Stream.of(Tree.list(documents("kustomization.yaml").get(0), "resources"))
        .flatMap(List::stream)
        .flatMap(file -> documents(String.valueOf(file)).stream())
        .toList();
  }

  static List<Object> documents(String file) {
    String text = Checkout.text(FOLDER + file);
    return StreamSupport.stream(
            new Load(LoadSettings.builder().build()).loadAllFromString(text).spliterator(), false)
        .toList();
  }

  /** The object of that kind and name. */
  static Object named(String kind, String name) {
    return all().stream()
        .filter(each -> kind.equals(Tree.at(each, "kind")))
        .filter(each -> name.equals(Tree.at(each, "metadata", "name")))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no " + kind + " " + name));
  }
}
