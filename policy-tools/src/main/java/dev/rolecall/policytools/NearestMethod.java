package dev.rolecall.policytools;

import static java.util.stream.Collectors.joining;

import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.MethodPattern;
import dev.rolecall.policy.internal.Nearest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The search for the path that one without a method was most likely meant to be. */
final class NearestMethod {

  /** The most names that a message lists. */
  private static final int LISTED = 5;

  private final TreeSet<String> methods = new TreeSet<>();
  private final TreeSet<String> services = new TreeSet<>();

  NearestMethod(Collection<MethodPath> methods) {
    for (MethodPath method : methods) {
      this.methods.add(method.value());
      services.add(serviceOf(method.value()));
    }
  }

  /** What would be right, in words: a path where one is near, else the names there are. */
  String expectedFor(MethodPattern path) {
    if (methods.isEmpty()) {
      return "a method; there is none";
    }
    return near(path.text())
        .orElseGet(
            () ->
                services.contains(serviceOf(path.text()))
                    ? "a method of " + serviceOf(path.text()) + ": " + namesIn(path)
                    : "a method of one of the services " + listed(services.stream()));
  }

  private Optional<String> near(String path) {
    String service = serviceOf(path);
    if (path.indexOf('/', 1) < 0) {
      return Nearest.to(path.substring(0, path.length() - 1), startsOf(path.length() - 1))
          .map(start -> start + "*");
    }
    String name = path.substring(service.length() + 2);
    if (services.contains(service)) {
      return nearName(service, name);
    }
    return nearService(service)
        .map(
            known ->
                "/"
                    + known
                    + "/"
                    + (has(known, name) ? name : nearNameOf(known, name).orElse("*")));
  }

  private boolean has(String service, String name) {
    return name.endsWith("*")
        ? names(service).anyMatch(each -> each.startsWith(name.substring(0, name.length() - 1)))
        : names(service).anyMatch(name::equals);
  }

  private Optional<String> nearName(String service, String name) {
    return nearNameOf(service, name).map(near -> "/" + service + "/" + near);
  }

  private Optional<String> nearNameOf(String service, String name) {
    if (!name.endsWith("*")) {
      return Nearest.to(name, names(service).toList());
    }
    String start = name.substring(0, name.length() - 1);
    List<String> starts =
        names(service)
            .map(each -> each.substring(0, Math.min(each.length(), start.length())))
            .toList();
    return Nearest.to(start, starts).map(near -> near + "*");
  }

  /** The service of nearly that name, or the only one of that name in another package. */
  private Optional<String> nearService(String service) {
    List<String> inPackages =
        services.stream().filter(known -> simple(known).equals(simple(service))).toList();
    return inPackages.size() == 1 ? Optional.of(inPackages.get(0)) : Nearest.to(service, services);
  }

  private static String simple(String service) {
    return service.substring(service.lastIndexOf('.') + 1);
  }

  private List<String> startsOf(int length) {
    return methods.stream()
        .map(method -> method.substring(0, Math.min(method.length(), length)))
        .toList();
  }

  private String namesIn(MethodPattern path) {
    return listed(names(serviceOf(path.text())));
  }

  private Stream<String> names(String service) {
    String start = "/" + service + "/";
    return methods.tailSet(start).stream()
        .takeWhile(method -> method.startsWith(start))
        .map(method -> method.substring(start.length()));
  }

  private static String listed(Stream<String> names) {
    List<String> some = names.limit(LISTED + 1L).toList();
    return some.stream().limit(LISTED).collect(joining(", "))
        + (some.size() > LISTED ? ", ..." : "");
  }

  /** The text between the first two slashes. */
  private static String serviceOf(String path) {
    int slash = path.indexOf('/', 1);
    return path.substring(1, slash < 0 ? path.length() : slash);
  }
}
