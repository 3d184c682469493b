package dev.rolecall.service;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The set-up of tests that share one node, which is started before the first of a class. */
abstract class OnOneNode {

  @TempDir static Path folder;

  static AccessNode node;
  static Steps steps;

  @BeforeAll
  static void startNode() {
    node = AccessNode.start(folder);
    steps = new Steps(node);
  }

  @AfterAll
  static void stopNode() {
    node.close();
  }
}
