// swift-tools-version:6.2
import PackageDescription

// A program that embeds a host. Elsewhere the dependency is named by URL and version:
// .package(url: "https://…/mesh-host", from: "0.1.0")

let package = Package(
    name: "Embedding",
    dependencies: [
        .package(name: "mesh-host", path: "../..")
    ],
    targets: [
        .executableTarget(
            name: "Embedding",
            dependencies: [
                .product(name: "MeshHost", package: "mesh-host"),
                .product(name: "ModuleKit", package: "mesh-host"),
                .product(name: "Bank", package: "mesh-host"),
                .product(name: "BankEvents", package: "mesh-host"),
            ]
        )
    ]
)
