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
let cometBFT = Target.Dependency.product(name: "CometBFT", package: "CometBFT")
let cometBFTProtobuf = Target.Dependency.product(name: "CometBFTProtobuf", package: "CometBFT")
let cometBFTTesting = Target.Dependency.product(name: "CometBFTTesting", package: "CometBFT")
let lightClient = Target.Dependency.product(name: "LightClient", package: "CometBFT")
let moduleKit = Target.Dependency.product(name: "ModuleKit", package: "ModuleKit")
let moduleTesting = Target.Dependency.product(name: "ModuleTesting", package: "ModuleKit")
let ics23 = Target.Dependency.product(name: "ICS23", package: "storage")

// Communication between chains. `IBC` holds its formats and rules alone: no module, and nothing of the host.
// `InterchainEvents` is what an application of channels imports besides; `Interchain` is the module, and `InterchainTesting`
// stands in its place where an application is tested alone.
let package = Package(
    name: "Interchain",
    products: [
        .library(name: "IBC", targets: ["IBC"]),
        .library(name: "InterchainEvents", targets: ["InterchainEvents"]),
        .library(name: "Interchain", targets: ["Interchain"]),
        .library(name: "InterchainTesting", targets: ["InterchainTesting"]),
    ],
    dependencies: [
        .package(path: "../CometBFT"),
        .package(path: "../ModuleKit"),
        .package(path: "../StrictJSON"),
        .package(path: "../../storage"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    ],
    targets: [
        .target(
            name: "IBC",
            dependencies: [cometBFT, cometBFTProtobuf, lightClient, ics23, strictJSON, crypto, protobuf],
            exclude: ["Wire/ibc"],
            swiftSettings: house
        ),
        .testTarget(
            name: "IBCTests",
            dependencies: ["IBC", cometBFT, cometBFTTesting, lightClient, ics23, strictJSON, crypto, protobuf],
            resources: [.copy("Vectors")],
            swiftSettings: house
        ),
        .target(
            name: "InterchainEvents",
            dependencies: ["IBC", moduleKit, protobuf],
            exclude: ["interchain.proto"],
            swiftSettings: house
        ),
        .target(
            name: "Interchain",
            dependencies: ["InterchainEvents", "IBC", cometBFT, ics23, moduleKit, protobuf],
            swiftSettings: house
        ),
        .target(
            name: "InterchainTesting",
            dependencies: ["InterchainEvents", "IBC", moduleKit, protobuf],
            swiftSettings: house
        ),
        .testTarget(
            name: "InterchainTests",
            dependencies: [
                "Interchain", "InterchainEvents", "IBC", cometBFT, cometBFTTesting, ics23, lightClient, moduleKit,
                moduleTesting, protobuf,
            ],
            exclude: ["Support/postcard.proto"],
            swiftSettings: house
        ),
    ]
)
