package dev.rolecall.tests.endpoints;

import java.time.Duration;
import java.util.Optional;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.images.PullPolicy;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/** LocalStack in a container, where an engine answers that has its image. */
final class LocalStackEndpointTest extends LocalStackSuite {

  private static final String IMAGE =
      System.getProperty("rolecall.localstack", "localstack/localstack:4.14.0");

  private static final Duration TIME_TO_START = Duration.ofMinutes(5);

  private String missing = "";
  private Optional<LocalStackContainer> container = Optional.empty();

  @Override
  Optional<JudgedSts> open() {
    if (!DockerEngine.answers()) {
      missing = "no container engine answers: start Docker to try LocalStack";
      return Optional.empty();
    }
    DockerImageName image =
        DockerImageName.parse(IMAGE).asCompatibleSubstituteFor("localstack/localstack");
    // A test run is no moment to fetch a gigabyte.
    if (PullPolicy.defaultPolicy().shouldPull(image)) {
      missing = "LocalStack's image is not on this machine: docker pull " + IMAGE;
      return Optional.empty();
    }
    LocalStackContainer localStack =
        new LocalStackContainer(image).withServices("sts").withStartupTimeout(TIME_TO_START);
    try {
      localStack.start();
    } catch (ContainerLaunchException e) {
      missing = "the container engine does not run " + IMAGE + ": " + e.getMessage();
      return Optional.empty();
    }
    container = Optional.of(localStack);
    return Optional.of(JudgedSts.withAnAssumedRole(IMAGE, localStack.getEndpoint()));
  }

  @Override
  String howToGetIt() {
    return missing;
  }

  @Override
  void shut() {
    container.ifPresent(LocalStackContainer::stop);
  }
}
