# Install rules and the package configuration: find_package(bornite) gives bornite::core.
