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
let bankEvents = Target.Dependency.product(name: "BankEvents", package: "Bank")
let nativeStaking = Target.Dependency.product(name: "NativeStaking", package: "Staking")
let slashing = Target.Dependency.product(name: "Slashing", package: "Slashing")
let slashingEvents = Target.Dependency.product(name: "SlashingEvents", package: "Slashing")
let stakingEvents = Target.Dependency.product(name: "StakingEvents", package: "Staking")
let stakingTesting = Target.Dependency.product(name: "StakingTesting", package: "Staking")
let controlChannel = Target.Dependency.product(name: "ControlChannel", package: "ControlChannel")
let ibc = Target.Dependency.product(name: "IBC", package: "Interchain")
let interchainEvents = Target.Dependency.product(name: "InterchainEvents", package: "Interchain")
let interchainTesting = Target.Dependency.product(name: "InterchainTesting", package: "Interchain")
let rewards = Target.Dependency.product(name: "Rewards", package: "Rewards")
let rewardsEvents = Target.Dependency.product(name: "RewardsEvents", package: "Rewards")
let transfer = Target.Dependency.product(name: "Transfer", package: "Transfer")
let transferEvents = Target.Dependency.product(name: "TransferEvents", package: "Transfer")

// The consumer's side of Mesh Security: a price feed, the converter, which is the end of the control channel, and virtual
// staking, which alone may mint virtual stake.
let package = Package(
    name: "Consumer",
    products: [
        .library(name: "PriceFeedEvents", targets: ["PriceFeedEvents"]),
        .library(name: "PriceFeed", targets: ["PriceFeed"]),
        .library(name: "ConverterEvents", targets: ["ConverterEvents"]),
        .library(name: "Converter", targets: ["Converter"]),
        .library(name: "VirtualStakingEvents", targets: ["VirtualStakingEvents"]),
        .library(name: "VirtualStaking", targets: ["VirtualStaking"]),
    ],
    dependencies: [
        .package(path: "../Bank"),
        .package(path: "../ControlChannel"),
        .package(path: "../Interchain"),
        .package(path: "../ModuleKit"),
        .package(path: "../Rewards"),
        .package(path: "../Slashing"),
        .package(path: "../Staking"),
        .package(path: "../Transfer"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    ],
    targets: [
        .target(
            name: "PriceFeedEvents",
            dependencies: [moduleKit, protobuf],
            exclude: ["price_feed.proto"],
            swiftSettings: house
        ),
        .target(
            name: "PriceFeed",
            dependencies: ["PriceFeedEvents", moduleKit],
            swiftSettings: house
        ),
        .testTarget(
            name: "PriceFeedTests",
            dependencies: ["PriceFeed", "PriceFeedEvents", moduleKit, moduleTesting],
            swiftSettings: house
        ),
        .target(
            name: "ConverterEvents",
            dependencies: [bankEvents, interchainEvents, moduleKit, protobuf, transferEvents],
            exclude: ["converter.proto"],
            swiftSettings: house
        ),
        .target(
            name: "Converter",
            dependencies: [
                "ConverterEvents", "PriceFeedEvents", "VirtualStakingEvents", bankEvents, controlChannel, ibc,
                interchainEvents, moduleKit, rewardsEvents, stakingEvents, transferEvents,
            ],
            swiftSettings: house
        ),
        .testTarget(
            name: "ConverterTests",
            dependencies: [
                "Converter", "ConverterEvents", "PriceFeed", "PriceFeedEvents", "VirtualStaking",
                "VirtualStakingEvents", bank, bankEvents, nativeStaking, slashing, slashingEvents, stakingEvents,
                moduleKit, moduleTesting, protobuf, controlChannel, ibc, interchainEvents, interchainTesting, rewards,
                rewardsEvents, transfer, transferEvents,
            ],
            exclude: ["Support/administrator.proto"],
            swiftSettings: house
        ),
        .target(
            name: "VirtualStakingEvents",
            dependencies: [bankEvents, moduleKit, protobuf, rewardsEvents, stakingEvents],
            exclude: ["virtual_staking.proto"],
            swiftSettings: house
        ),
        .target(
            name: "VirtualStaking",
            dependencies: [
                "ConverterEvents", "VirtualStakingEvents", bankEvents, moduleKit, rewardsEvents, stakingEvents,
            ],
            swiftSettings: house
        ),
        .testTarget(
            name: "VirtualStakingTests",
            dependencies: [
                "ConverterEvents", "VirtualStaking", "VirtualStakingEvents", bank, bankEvents, nativeStaking,
                stakingEvents, stakingTesting, moduleKit, moduleTesting, protobuf, rewards, rewardsEvents,
            ],
            swiftSettings: house
        ),
    ]
)
