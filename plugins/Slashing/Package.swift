// swift-tools-version:6.2
import PackageDescription

let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let protobuf = Target.Dependency.product(name: "SwiftProtobuf", package: "swift-protobuf")
let moduleKit = Target.Dependency.product(name: "ModuleKit", package: "ModuleKit")
let moduleTesting = Target.Dependency.product(name: "ModuleTesting", package: "ModuleKit")
let bank = Target.Dependency.product(name: "Bank", package: "Bank")
let nativeStaking = Target.Dependency.product(name: "NativeStaking", package: "Staking")
let stakingEvents = Target.Dependency.product(name: "StakingEvents", package: "Staking")
let cometBFT = Target.Dependency.product(name: "CometBFT", package: "CometBFT")
let cometBFTProtobuf = Target.Dependency.product(name: "CometBFTProtobuf", package: "CometBFT")
let cometBFTTesting = Target.Dependency.product(name: "CometBFTTesting", package: "CometBFT")
let lightClient = Target.Dependency.product(name: "LightClient", package: "CometBFT")
let ibc = Target.Dependency.product(name: "IBC", package: "Interchain")
let interchain = Target.Dependency.product(name: "Interchain", package: "Interchain")
let interchainEvents = Target.Dependency.product(name: "InterchainEvents", package: "Interchain")

// What validators pay for. `Slashing` punishes this chain's own validators for blocks that they did not sign and for two
// that they did, as the consensus engine reports it; `SlashingEvents` says so to others. `Evidence` proves what validators of
// other chains did; `EvidenceEvents` is what a module imports whose instances are told.
let package = Package(
    name: "Slashing",
    products: [
        .library(name: "SlashingEvents", targets: ["SlashingEvents"]),
        .library(name: "Slashing", targets: ["Slashing"]),
        .library(name: "EvidenceEvents", targets: ["EvidenceEvents"]),
        .library(name: "Evidence", targets: ["Evidence"]),
    ],
    dependencies: [
        .package(path: "../Bank"),
        .package(path: "../CometBFT"),
        .package(path: "../Interchain"),
        .package(path: "../ModuleKit"),
        .package(path: "../Staking"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    ],
    targets: [
        .target(
            name: "SlashingEvents",
            dependencies: [moduleKit, stakingEvents],
            exclude: ["slashing.proto"],
            swiftSettings: house
        ),
        .target(
            name: "Slashing",
            dependencies: ["SlashingEvents", moduleKit, stakingEvents],
            swiftSettings: house
        ),
        .testTarget(
            name: "SlashingTests",
            dependencies: [
                "Slashing", "SlashingEvents", bank, moduleKit, moduleTesting, nativeStaking, stakingEvents,
            ],
            swiftSettings: house
        ),
        .target(
            name: "EvidenceEvents",
            dependencies: [moduleKit, protobuf],
            exclude: ["evidence.proto"],
            swiftSettings: house
        ),
        .target(
            name: "Evidence",
            dependencies: ["EvidenceEvents", cometBFT, ibc, interchainEvents, moduleKit],
            swiftSettings: house
        ),
        .testTarget(
            name: "EvidenceTests",
            dependencies: [
                "Evidence", "EvidenceEvents", cometBFT, cometBFTProtobuf, cometBFTTesting, ibc, interchain,
                interchainEvents, lightClient, moduleKit, moduleTesting,
            ],
            resources: [.copy("Vectors")],
            swiftSettings: house
        ),
    ]
)
