// swift-tools-version:6.2
import PackageDescription

let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let moduleKit = Target.Dependency.product(name: "ModuleKit", package: "ModuleKit")
let moduleTesting = Target.Dependency.product(name: "ModuleTesting", package: "ModuleKit")
let bank = Target.Dependency.product(name: "Bank", package: "Bank")
let nativeStaking = Target.Dependency.product(name: "NativeStaking", package: "Staking")
let stakingEvents = Target.Dependency.product(name: "StakingEvents", package: "Staking")

// What validators pay for. `Slashing` punishes this chain's own validators for blocks that they did not sign and for two
// that they did, as the consensus engine reports it; `SlashingEvents` says so to others.
let package = Package(
    name: "Slashing",
    products: [
        .library(name: "SlashingEvents", targets: ["SlashingEvents"]),
        .library(name: "Slashing", targets: ["Slashing"]),
    ],
    dependencies: [
        .package(path: "../Bank"),
        .package(path: "../ModuleKit"),
        .package(path: "../Staking"),
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
    ]
)
