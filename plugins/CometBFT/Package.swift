// swift-tools-version:6.2
import PackageDescription

let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let protobuf = Target.Dependency.product(name: "SwiftProtobuf", package: "swift-protobuf")
let strictJSON = Target.Dependency.product(name: "StrictJSON", package: "StrictJSON")

// Consensus formats, commit verification and a light client. A library: no module, and nothing of the host.
let package = Package(
    name: "CometBFT",
    products: [
        .library(name: "ZIP215", targets: ["ZIP215"]),
        .library(name: "CometBFTProtobuf", targets: ["CometBFTProtobuf"]),
        .library(name: "CometBFT", targets: ["CometBFT"]),
        .library(name: "LightClient", targets: ["LightClient"]),
        .library(name: "CometBFTTesting", targets: ["CometBFTTesting"]),
    ],
    dependencies: [
        .package(path: "../StrictJSON"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    ],
    targets: [
        .target(name: "ZIP215", dependencies: [crypto], swiftSettings: house),
        .target(
            name: "CometBFTProtobuf",
            dependencies: [protobuf],
            exclude: ["tendermint"],
            swiftSettings: house
        ),
        .target(
            name: "CometBFT",
            dependencies: ["ZIP215", "CometBFTProtobuf", strictJSON, crypto, protobuf],
            swiftSettings: house
        ),
        .target(name: "LightClient", dependencies: ["CometBFT"], swiftSettings: house),
        .target(name: "CometBFTTesting", dependencies: ["CometBFT", crypto], swiftSettings: house),
        .testTarget(
            name: "ZIP215Tests",
            dependencies: ["ZIP215", "CometBFTTesting", crypto],
            resources: [.copy("Vectors")],
            swiftSettings: house
        ),
        .testTarget(
            name: "CometBFTTests",
            dependencies: ["CometBFT", "CometBFTTesting", "CometBFTProtobuf", crypto, protobuf],
            resources: [.copy("Vectors")],
            swiftSettings: house
        ),
        .testTarget(
            name: "LightClientTests",
            dependencies: ["LightClient", "CometBFT", "CometBFTTesting", crypto],
            resources: [.copy("Vectors")],
            swiftSettings: house
        ),
    ]
)
