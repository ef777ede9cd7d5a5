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
let bankEvents = Target.Dependency.product(name: "BankEvents", package: "Bank")
let nativeStaking = Target.Dependency.product(name: "NativeStaking", package: "Staking")
let stakingEvents = Target.Dependency.product(name: "StakingEvents", package: "Staking")
let stakingTesting = Target.Dependency.product(name: "StakingTesting", package: "Staking")

// What native stake earns: block provisions, fees, commission, and the community pool. `RewardsEvents` is what a module
// imports whose instances withdraw what their own stake has earned; `Rewards` is the module.
let package = Package(
    name: "Rewards",
    products: [
        .library(name: "RewardsEvents", targets: ["RewardsEvents"]),
        .library(name: "Rewards", targets: ["Rewards"]),
    ],
    dependencies: [
        .package(path: "../Bank"),
        .package(path: "../ModuleKit"),
        .package(path: "../Staking"),
    ],
    targets: [
        .target(
            name: "RewardsEvents",
            dependencies: [bankEvents, moduleKit],
            exclude: ["rewards.proto"],
            swiftSettings: house
        ),
        .target(
            name: "Rewards",
            dependencies: ["RewardsEvents", bankEvents, moduleKit, stakingEvents],
            swiftSettings: house
        ),
        .testTarget(
            name: "RewardsTests",
            dependencies: [
                "Rewards", "RewardsEvents", bank, bankEvents, moduleKit, moduleTesting, nativeStaking, stakingEvents,
                stakingTesting,
            ],
            exclude: ["Support/clerk.proto"],
            swiftSettings: house
        ),
    ]
)
