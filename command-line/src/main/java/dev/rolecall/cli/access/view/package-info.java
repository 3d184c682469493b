/**
 * Views of requests, grants, locks and records, for people and scripts. {@link
 * dev.rolecall.cli.access.view.RequestView} is where to begin. Depends on no command.
 */
@NullMarked
package dev.rolecall.cli.access.view;

import org.jspecify.annotations.NullMarked;
