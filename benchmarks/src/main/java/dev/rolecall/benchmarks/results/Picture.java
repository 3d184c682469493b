package dev.rolecall.benchmarks.results;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ratios of whole calls as bars against 1.0, which is no check at all, and the width of the
 * noise about it. An SVG with a ground of its own, light or dark as the reader's system is, so that
 * it can be read on either.
 */
final class Picture {

  private record Bar(String title, String suffix, String style) {}

  private record Group(String title, String better, String figure) {}

  private static final List<Bar> BARS =
      List.of(
          new Bar("Rolecall", "", "a"),
          new Bar("Rolecall, every call in audit and metrics", "_audited", "b"),
          new Bar("by hand: a cache by the token's text", "_by_hand", "c"));

  private static final List<Group> GROUPS =
      List.of(
          new Group("calls a second", "more is better", "calls_per_second_ratio"),
          new Group("server CPU a call", "less is better", "server_cpu_ratio"),
          new Group("CPU a call, both ends", "less is better", "total_cpu_ratio"));

  private static final int WIDTH = 800;
  private static final int LEFT = 200;
  private static final int RIGHT = 730;
  private static final int BAR = 16;
  private static final int STEP = 20;
  private static final int GROUP_GAP = 16;
  private static final int HEAD = 96;
  private static final int PANEL_HEAD = 40;

  private static final String STYLE =
      """
      <style>
      text { font: 13px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; fill: #1f2933; }
      .ground { fill: #ffffff; stroke: #d5dbe1; }
      .title { font-size: 17px; font-weight: 600; }
      .head { font-size: 14px; font-weight: 600; }
      .soft { fill: #5b6770; font-size: 12px; }
      .one { stroke: #1f2933; stroke-width: 1.5; }
      .noise { fill: #8896a3; fill-opacity: 0.28; }
      .a { fill: #0d8074; } .b { fill: #3f6fc4; } .c { fill: #c2701c; }
      @media (prefers-color-scheme: dark) {
        text { fill: #e4e9ee; }
        .ground { fill: #161b22; stroke: #38424d; }
        .soft { fill: #a3b0bb; }
        .one { stroke: #e4e9ee; }
        .noise { fill: #a3b0bb; }
        .a { fill: #2bb3a3; } .b { fill: #6f9be8; } .c { fill: #e39a4f; }
      }
      </style>
      """;

  private final StringBuilder svg = new StringBuilder();
  private final double top;
  private int y;

  private Picture(Map<Integer, Map<String, Double>> figures) {
    this.top = top(figures);
  }

  /** Of those figures by JDK; a JDK without them is left out. */
  static String of(Map<Integer, Map<String, Double>> figures) {
    return new Picture(figures).drawn(figures);
  }

  /** The longest bar still leaves room for its number. */
  private static double top(Map<Integer, Map<String, Double>> figures) {
    double most = 1.2;
    for (Map<String, Double> ofJdk : figures.values()) {
      for (Group group : GROUPS) {
        for (Bar bar : BARS) {
          most = Math.max(most, ofJdk.getOrDefault(group.figure() + bar.suffix(), 0.0));
        }
      }
    }
    return Math.ceil(most * 10) / 10;
  }

  private String drawn(Map<Integer, Map<String, Double>> figures) {
    y = HEAD;
    figures.forEach(
        (jdk, ofJdk) -> {
          if (ofJdk.containsKey(GROUPS.get(0).figure())) {
            panel("JDK " + jdk, ofJdk);
          }
        });
    int height = y + 8;
    return String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
                + " aria-label=\"What a check costs, as ratios to no check\">\n",
            WIDTH,
            height)
        + STYLE
        + String.format(
            Locale.ROOT,
            "<rect class=\"ground\" x=\"0.5\" y=\"0.5\" width=\"%d\" height=\"%d\" rx=\"8\"/>\n",
            WIDTH - 1,
            height - 1)
        + text(24, 32, "title", "What a check costs: unary calls over TLS, no check = 1.0")
        + legend()
        + svg
        + "</svg>\n";
  }

  private static String legend() {
    StringBuilder legend = new StringBuilder();
    int x = 24;
    for (Bar bar : BARS) {
      legend.append(rect(bar.style(), x, 50, 12, 12)).append(text(x + 18, 61, "", bar.title()));
      x += 44 + 7 * bar.title().length();
    }
    legend.append(rect("noise", 24, 72, 12, 12));
    return legend
        .append(text(42, 83, "soft", "noise: how far no check is from itself, measured again"))
        .toString();
  }

  private void panel(String title, Map<String, Double> figures) {
    svg.append(text(24, y + 26, "head", title));
    y += PANEL_HEAD;
    int begin = y;
    double noise = figures.getOrDefault("noise", 0.0);
    for (Group group : GROUPS) {
      int middle = y + (BARS.size() * STEP) / 2;
      svg.append(text(24, middle - 3, "", group.title()));
      svg.append(text(24, middle + 13, "soft", group.better()));
      for (Bar bar : BARS) {
        bar(bar, figures.get(group.figure() + bar.suffix()), at(1 + noise));
      }
      y += GROUP_GAP;
    }
    int height = y - begin - GROUP_GAP + 8;
    svg.append(rect("noise", at(1 - noise), begin - 6, at(1 + noise) - at(1 - noise), height));
    svg.append(
        String.format(
            Locale.ROOT,
            "<line class=\"one\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>\n",
            at(1),
            begin - 6,
            at(1),
            begin - 6 + height));
    svg.append(text(at(1) - 10, begin - 12, "soft", "1.0"));
  }

  private void bar(Bar bar, @Nullable Double value, double endOfNoise) {
    if (value != null) {
      svg.append(rect(bar.style(), LEFT, y, at(value) - LEFT, BAR));
      // Behind the band at 1.0, which most numbers would otherwise stand in.
      double end = Math.max(at(value), endOfNoise) + 8;
      svg.append(text(end, y + 13, "", String.format(Locale.ROOT, "%.2f", value)));
    }
    y += STEP;
  }

  private double at(double value) {
    return LEFT + (RIGHT - LEFT) * value / top;
  }

  private static String rect(String style, double x, double y, double width, double height) {
    return String.format(
        Locale.ROOT,
        "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>\n",
        style,
        x,
        y,
        width,
        height);
  }

  private static String text(double x, double y, String style, String words) {
    return String.format(
        Locale.ROOT,
        "<text%s x=\"%.1f\" y=\"%.1f\">%s</text>\n",
        style.isEmpty() ? "" : " class=\"" + style + "\"",
        x,
        y,
        words);
  }
}
