/** Shows what it takes to extend Rolecall: each part is what docs/extending.md points at. */
@NullMarked
package dev.rolecall.tests.extending;

import org.jspecify.annotations.NullMarked;
