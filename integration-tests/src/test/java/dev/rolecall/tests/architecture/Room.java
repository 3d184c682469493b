package dev.rolecall.tests.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.lang.module.ModuleDescriptor;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A published artifact, which is a module but for one.
 *
 * @param root its root package, and its name
 * @param uses the packages its classes may use beside their own and the JDK's
 */
record Room(String root, List<String> uses) {

  Room {
    uses = List.copyOf(uses);
  }

  /**
   * The one that is no module: Spring gRPC has no module name, and a module that required it by its
   * file's name could not be published. Its manifest has the name it will have.
   */
  private static final Room SPRING =
      new Room(
          "dev.rolecall.spring",
          List.of(
              "dev.rolecall.identity",
              "dev.rolecall.client",
              "dev.rolecall.policy",
              "dev.rolecall.policy.document",
              "dev.rolecall.access",
              "dev.rolecall.access.audit",
              "dev.rolecall.access.grant",
              "dev.rolecall.access.runtime",
              "dev.rolecall.access.scheme",
              "dev.rolecall.apikeys",
              "dev.rolecall.certificates",
              "dev.rolecall.grants",
              "dev.rolecall.tokencredentials",
              "dev.rolecall.tokens",
              "dev.rolecall.guard",
              "dev.rolecall.testing",
              "dev.rolecall.tls",
              "dev.rolecall.verifier",
              "io.grpc",
              "io.opentelemetry.api",
              "org.springframework..",
              "software.amazon.awssdk.auth.credentials",
              "software.amazon.awssdk.regions"));

  static List<Room> all() {
    return Stream.concat(modules().stream(), Stream.of(SPRING)).toList();
  }

  /** Those with a descriptor. */
  static List<Room> modules() {
    return List.of(
        new Room("dev.rolecall.identity", List.of()),
        new Room(
            "dev.rolecall.proof",
            List.of("dev.rolecall.identity", "dev.rolecall.identity.internal")),
        new Room(
            "dev.rolecall.jwt",
            List.of(
                "dev.rolecall.identity",
                "dev.rolecall.identity.internal",
                "com.fasterxml.jackson.core..")),
        new Room(
            "dev.rolecall.renewal",
            List.of("dev.rolecall.identity.internal", "io.grpc", "io.opentelemetry.api..")),
        new Room(
            "dev.rolecall.client",
            List.of(
                "dev.rolecall.identity",
                "dev.rolecall.identity.internal",
                "dev.rolecall.proof",
                "dev.rolecall.renewal",
                "io.grpc",
                "io.opentelemetry.api..",
                "software.amazon.awssdk..")),
        new Room(
            "dev.rolecall.tokencredentials",
            List.of(
                "dev.rolecall.identity.internal",
                "dev.rolecall.jwt",
                "dev.rolecall.jwt.json",
                "dev.rolecall.jwt.key",
                "dev.rolecall.renewal",
                "io.grpc",
                "io.opentelemetry.api..")),
        new Room(
            "dev.rolecall.policy",
            List.of(
                "dev.rolecall.identity",
                "dev.rolecall.identity.pattern",
                "dev.rolecall.identity.internal",
                "org.snakeyaml.engine..")),
        new Room(
            "dev.rolecall.policytools",
            List.of(
                "dev.rolecall.identity",
                "dev.rolecall.identity.pattern",
                "dev.rolecall.policy",
                "dev.rolecall.policy.claim",
                "dev.rolecall.policy.condition",
                "dev.rolecall.policy.document",
                "dev.rolecall.policy.document.internal",
                "dev.rolecall.policy.grant",
                "dev.rolecall.policy.internal",
                "com.fasterxml.jackson.core..")),
        new Room(
            "dev.rolecall.protopolicy",
            List.of(
                "dev.rolecall.identity",
                "dev.rolecall.identity.pattern",
                "dev.rolecall.policy",
                "dev.rolecall.policy.condition",
                "dev.rolecall.policy.grant",
                "com.google.protobuf",
                "io.grpc",
                "io.grpc.protobuf")),
        new Room(
            "dev.rolecall.access",
            List.of(
                "dev.rolecall.identity",
                "dev.rolecall.identity.internal",
                "dev.rolecall.policy",
                "dev.rolecall.policy.condition",
                "dev.rolecall.policy.grant",
                "com.github.benmanes.caffeine.cache",
                "com.fasterxml.jackson.core..",
                "io.opentelemetry.api..")),
        new Room(
            "dev.rolecall.guard",
            List.of(
                "dev.rolecall.identity",
                "dev.rolecall.identity.internal",
                "dev.rolecall.policy",
                "dev.rolecall.policy.condition",
                "dev.rolecall.access",
                "dev.rolecall.access.call",
                "dev.rolecall.access.grant",
                "dev.rolecall.access.internal.metrics",
                "dev.rolecall.access.lookup",
                "dev.rolecall.access.proxy",
                "dev.rolecall.access.runtime",
                "dev.rolecall.access.scheme",
                "io.grpc",
                "com.github.benmanes.caffeine.cache")),
        new Room(
            "dev.rolecall.verifier",
            List.of(
                "dev.rolecall.identity",
                "dev.rolecall.identity.internal",
                "dev.rolecall.proof",
                "dev.rolecall.access.internal.metrics",
                "dev.rolecall.access.runtime",
                "dev.rolecall.access.scheme",
                "com.github.benmanes.caffeine.cache",
                "com.fasterxml.jackson.core..",
                "io.opentelemetry.api..",
                "javax.xml.stream",
                "okhttp3",
                "software.amazon.awssdk.regions..")),
        new Room(
            "dev.rolecall.grants",
            List.of(
                "dev.rolecall.identity",
                "dev.rolecall.identity.internal",
                "dev.rolecall.identity.pattern",
                "dev.rolecall.policy.grant",
                "dev.rolecall.access.grant",
                "dev.rolecall.access.internal.limits",
                "dev.rolecall.access.internal.metrics",
                "dev.rolecall.access.runtime",
                "dev.rolecall.jwt",
                "dev.rolecall.jwt.json",
                "dev.rolecall.jwt.key",
                "com.google.protobuf",
                "io.grpc",
                "io.grpc.stub",
                "io.opentelemetry.api..")),
        new Room(
            "dev.rolecall.decisions",
            List.of(
                "dev.rolecall.identity",
                "dev.rolecall.identity.internal",
                "dev.rolecall.policy",
                "dev.rolecall.policy.grant",
                "dev.rolecall.access",
                "dev.rolecall.access.audit",
                "dev.rolecall.access.internal.metrics",
                "dev.rolecall.access.runtime",
                "com.fasterxml.jackson.core..",
                "com.google.protobuf",
                "io.grpc",
                "io.grpc.stub")),
        new Room(
            "dev.rolecall.apikeys",
            List.of(
                "dev.rolecall.identity",
                "dev.rolecall.identity.internal",
                "dev.rolecall.access.internal.metrics",
                "dev.rolecall.access.runtime",
                "dev.rolecall.access.scheme",
                "com.fasterxml.jackson.core..")),
        new Room(
            "dev.rolecall.certificates",
            List.of(
                "javax.security.auth.x500",
                "dev.rolecall.identity",
                "dev.rolecall.identity.internal",
                "dev.rolecall.access.internal.metrics",
                "dev.rolecall.access.runtime",
                "dev.rolecall.access.scheme")),
        new Room(
            "dev.rolecall.tokens",
            List.of(
                "dev.rolecall.identity",
                "dev.rolecall.identity.internal",
                "dev.rolecall.jwt",
                "dev.rolecall.jwt.json",
                "dev.rolecall.jwt.key",
                "dev.rolecall.access.internal.limits",
                "dev.rolecall.access.internal.metrics",
                "dev.rolecall.access.runtime",
                "dev.rolecall.access.scheme",
                "io.opentelemetry.api..")),
        new Room(
            "dev.rolecall.txntoken",
            List.of(
                "dev.rolecall.identity",
                "dev.rolecall.identity.internal",
                "dev.rolecall.identity.pattern",
                "dev.rolecall.jwt",
                "dev.rolecall.jwt.json",
                "dev.rolecall.jwt.key",
                "dev.rolecall.jwt.ring",
                "dev.rolecall.access.internal.metrics",
                "dev.rolecall.access.proxy",
                "dev.rolecall.access.runtime",
                "dev.rolecall.access.scheme",
                "com.github.benmanes.caffeine.cache",
                "io.opentelemetry.api..")),
        new Room(
            "dev.rolecall.proxy",
            List.of(
                "dev.rolecall.identity",
                "dev.rolecall.identity.internal",
                "dev.rolecall.policy",
                "dev.rolecall.policy.condition",
                "dev.rolecall.policy.document.internal",
                "dev.rolecall.access",
                "dev.rolecall.access.call",
                "dev.rolecall.access.internal.metrics",
                "dev.rolecall.access.runtime",
                "dev.rolecall.access.scheme",
                "dev.rolecall.guard",
                "dev.rolecall.guard.internal.status",
                "dev.rolecall.txntoken",
                "com.github.benmanes.caffeine.cache",
                "com.google.protobuf",
                "io.grpc",
                "io.grpc.health.v1",
                "io.grpc.netty.shaded..",
                "io.grpc.protobuf",
                "io.grpc.protobuf.services",
                "io.grpc.stub",
                "io.opentelemetry.api..")),
        new Room(
            "dev.rolecall.exchange",
            List.of(
                "dev.rolecall.identity",
                "dev.rolecall.identity.internal",
                "dev.rolecall.jwt",
                "dev.rolecall.jwt.json",
                "dev.rolecall.jwt.key",
                "dev.rolecall.jwt.ring",
                "dev.rolecall.access",
                "dev.rolecall.access.internal.metrics",
                "dev.rolecall.access.runtime",
                "dev.rolecall.access.scheme",
                "com.sun.net.httpserver")),
        new Room(
            "dev.rolecall.service",
            List.of(
                "dev.rolecall.identity",
                "dev.rolecall.identity.internal",
                "dev.rolecall.identity.pattern",
                "dev.rolecall.policy",
                "dev.rolecall.policy.document",
                "dev.rolecall.policy.document.internal",
                "dev.rolecall.policy.grant",
                "dev.rolecall.policy.internal",
                "dev.rolecall.jwt",
                "dev.rolecall.jwt.json",
                "dev.rolecall.jwt.key",
                "dev.rolecall.access",
                "dev.rolecall.access.grant",
                "dev.rolecall.access.internal.metrics",
                "dev.rolecall.access.runtime",
                "dev.rolecall.access.scheme",
                "dev.rolecall.grants",
                "dev.rolecall.grants.token",
                "dev.rolecall.grants.v1",
                "dev.rolecall.guard",
                "dev.rolecall.guard.internal.status",
                "com.fasterxml.jackson.core..",
                "com.google.protobuf",
                "com.zaxxer.hikari",
                "javax.sql",
                "io.grpc",
                "io.grpc.stub",
                "io.opentelemetry.api..",
                "org.flywaydb.core..",
                "org.jdbi.v3.core..",
                "org.postgresql..",
                "org.sqlite..")),
        new Room(
            "dev.rolecall.tls",
            List.of(
                "dev.rolecall.identity",
                "dev.rolecall.identity.pattern",
                "dev.rolecall.identity.internal",
                "dev.rolecall.proof",
                "dev.rolecall.client",
                "dev.rolecall.access",
                "dev.rolecall.access.lookup",
                "dev.rolecall.access.runtime",
                "dev.rolecall.access.scheme",
                "dev.rolecall.guard",
                "dev.rolecall.verifier",
                "io.grpc",
                "io.opentelemetry.api..",
                "software.amazon.awssdk.identity.spi",
                "software.amazon.awssdk.regions")),
        new Room("dev.rolecall.stsemulator", List.of("com.sun.net.httpserver")),
        new Room(
            "dev.rolecall.testing",
            List.of(
                "dev.rolecall.identity",
                "dev.rolecall.client",
                "dev.rolecall.policy",
                "dev.rolecall.policy.grant",
                "dev.rolecall.access.grant",
                "dev.rolecall.access.runtime",
                "dev.rolecall.access.scheme",
                "dev.rolecall.guard",
                "dev.rolecall.stsemulator",
                "dev.rolecall.verifier",
                "io.grpc",
                "io.grpc.inprocess",
                "org.junit.jupiter.api.extension",
                "software.amazon.awssdk.auth.credentials",
                "software.amazon.awssdk.identity.spi",
                "software.amazon.awssdk.regions")));
  }

  String moduleName() {
    return root;
  }

  DescribedPredicate<JavaClass> classes() {
    return resideInAPackage(root + "..").as("classes of " + root);
  }

  /** The module's own classes, the JDK's, and those of the packages it may use. */
  DescribedPredicate<JavaClass> usable() {
    return resideInAnyPackage(
        Stream.concat(
                Stream.of(
                    root + "..",
                    "java..",
                    "javax.crypto..",
                    "javax.net.ssl",
                    "javax.security.auth.x500",
                    "org.jspecify..",
                    ""),
                uses.stream())
            .toArray(String[]::new));
  }

  /**
   * The packages that the module's own descriptor exports to all, less what protoc wrote; its root,
   * where there is none.
   */
  Set<String> exported() {
    if (equals(SPRING)) {
      return Set.of(root, root + ".callers", root + ".grants", root + ".tokens");
    }
    return PublishedModules.descriptor(moduleName()).exports().stream()
        .filter(export -> !export.isQualified())
        .map(ModuleDescriptor.Exports::source)
        .filter(name -> !MainClasses.GENERATED.contains(name))
        .collect(Collectors.toSet());
  }

  /** The packages that the module's own descriptor exports to modules that it names. */
  Set<String> exportedByName() {
    return PublishedModules.descriptor(moduleName()).exports().stream()
        .filter(ModuleDescriptor.Exports::isQualified)
        .map(ModuleDescriptor.Exports::source)
        .collect(Collectors.toSet());
  }
}
