/**
 * What the access service says, as people and scripts read it. {@link
 * dev.rolecall.cli.access.view.RequestView} is where to begin. Depends on no command.
 */
@NullMarked
package dev.rolecall.cli.access.view;

import org.jspecify.annotations.NullMarked;
