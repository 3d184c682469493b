package dev.rolecall.tests.endpoints;

import java.util.Optional;

/** LocalStack as a process, of a virtual environment that it is installed in. */
final class LocalStackHostTest extends LocalStackSuite {

  private Optional<LocalStackProcess> localStack = Optional.empty();

  @Override
  Optional<JudgedSts> open() {
    localStack = LocalStackProcess.start();
    return localStack.map(
        started -> JudgedSts.withAnAssumedRole("LocalStack, a process", started.endpoint()));
  }

  @Override
  String howToGetIt() {
    return LocalStackProcess.HOW_TO_GET_IT;
  }

  @Override
  void shut() {
    localStack.ifPresent(LocalStackProcess::close);
  }
}
