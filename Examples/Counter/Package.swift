// swift-tools-version:6.2
import PackageDescription

// A module as a third party writes it: one dependency, by URL and version.
// Here it is the checkout around it, so that the example is always built against what stands beside it.

let package = Package(
    name: "Counter",
    products: [.library(name: "Counter", targets: ["Counter"])],
    dependencies: [
        .package(name: "mesh-host", path: "../..")
        // Elsewhere: .package(url: "https://…/mesh-host", from: "1.0.0")
    ],
    targets: [
        .target(
            name: "Counter",
            dependencies: [.product(name: "ModuleKit", package: "mesh-host")],
            exclude: ["counter.proto"]
        )
    ]
)
