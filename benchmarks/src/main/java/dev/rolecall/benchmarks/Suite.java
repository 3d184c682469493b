package dev.rolecall.benchmarks;

/** One group of measurements, run by its name. */
public interface Suite {

  /** What it is called on the command line. */
  String name();

  /** What it measures, in one line. */
  String description();

  /**
   * Measures; takes from seconds to minutes, and says on {@link Run#out} how far it is.
   *
   * @throws Exception if something could not be measured: then no figure is given for it
   */
  void measure(Run run) throws Exception;
}
