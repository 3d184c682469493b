/** Grants access for a time: requests, reviews, grants, locks, and the feed that servers follow. */
@NullMarked
package dev.rolecall.service;

import org.jspecify.annotations.NullMarked;
