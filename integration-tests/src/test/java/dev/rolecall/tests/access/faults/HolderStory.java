package dev.rolecall.tests.access.faults;

import java.util.ArrayList;
import java.util.List;

/** The grants and locks of one person. Written by one thread, and read once that is over. */
final class HolderStory {

  /** A lock and its end. */
  record Locked(GrantStory.Change set, GrantStory.Change lifted) {}

  private final String name;
  private final List<GrantStory> grants = new ArrayList<>();
  private final List<Locked> locks = new ArrayList<>();

  HolderStory(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  GrantStory add(GrantStory grant) {
    grants.add(grant);
    return grant;
  }

  void locked(GrantStory.Change set, GrantStory.Change lifted) {
    locks.add(new Locked(set, lifted));
  }

  List<GrantStory> grants() {
    return grants;
  }

  List<Locked> locks() {
    return locks;
  }

  /** For people. */
  @Override
  public String toString() {
    return name + ": " + grants + ", locked " + locks;
  }
}
