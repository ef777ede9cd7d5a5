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
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let moduleKit = Target.Dependency.product(name: "ModuleKit", package: "ModuleKit")
let moduleTesting = Target.Dependency.product(name: "ModuleTesting", package: "ModuleKit")
let bank = Target.Dependency.product(name: "Bank", package: "Bank")
let bankEvents = Target.Dependency.product(name: "BankEvents", package: "Bank")
let nativeStaking = Target.Dependency.product(name: "NativeStaking", package: "Staking")
let stakingEvents = Target.Dependency.product(name: "StakingEvents", package: "Staking")
let stakingTesting = Target.Dependency.product(name: "StakingTesting", package: "Staking")
let governance = Target.Dependency.product(name: "Governance", package: "Governance")
let governanceEvents = Target.Dependency.product(name: "GovernanceEvents", package: "Governance")
let rewards = Target.Dependency.product(name: "Rewards", package: "Rewards")
let rewardsEvents = Target.Dependency.product(name: "RewardsEvents", package: "Rewards")
let controlChannel = Target.Dependency.product(name: "ControlChannel", package: "ControlChannel")
let ibc = Target.Dependency.product(name: "IBC", package: "Interchain")
let evidenceEvents = Target.Dependency.product(name: "EvidenceEvents", package: "Slashing")
let zip215 = Target.Dependency.product(name: "ZIP215", package: "CometBFT")
let interchainEvents = Target.Dependency.product(name: "InterchainEvents", package: "Interchain")
let transfer = Target.Dependency.product(name: "Transfer", package: "Transfer")
let transferEvents = Target.Dependency.product(name: "TransferEvents", package: "Transfer")
let interchainTesting = Target.Dependency.product(name: "InterchainTesting", package: "Interchain")

// The provider's side of Mesh Security: the vault, and the holders of its liens. Each module has its vocabulary apart: a lien
// holder of another package imports `VaultEvents` alone.
let package = Package(
    name: "Provider",
    products: [
        .library(name: "VaultEvents", targets: ["VaultEvents"]),
        .library(name: "Vault", targets: ["Vault"]),
        .library(name: "LocalStakingEvents", targets: ["LocalStakingEvents"]),
        .library(name: "LocalStaking", targets: ["LocalStaking"]),
        .library(name: "ExternalStakingEvents", targets: ["ExternalStakingEvents"]),
        .library(name: "ExternalStaking", targets: ["ExternalStaking"]),
        .library(name: "RecommendedListEvents", targets: ["RecommendedListEvents"]),
        .library(name: "RecommendedList", targets: ["RecommendedList"]),
    ],
    dependencies: [
        .package(path: "../Bank"),
        .package(path: "../CometBFT"),
        .package(path: "../ControlChannel"),
        .package(path: "../Governance"),
        .package(path: "../Interchain"),
        .package(path: "../ModuleKit"),
        .package(path: "../Rewards"),
        .package(path: "../Slashing"),
        .package(path: "../Staking"),
        .package(path: "../Transfer"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    ],
    targets: [
        .target(
            name: "VaultEvents",
            dependencies: [bankEvents, moduleKit, protobuf],
            exclude: ["vault.proto"],
            swiftSettings: house
        ),
        .target(
            name: "Vault",
            dependencies: ["VaultEvents", bankEvents, moduleKit],
            swiftSettings: house
        ),
        .testTarget(
            name: "VaultTests",
            dependencies: ["Vault", "VaultEvents", bank, bankEvents, moduleKit, moduleTesting, protobuf],
            exclude: ["Support/pawnshop.proto"],
            swiftSettings: house
        ),
        .target(
            name: "LocalStakingEvents",
            dependencies: [
                "VaultEvents", bankEvents, governanceEvents, moduleKit, protobuf, rewardsEvents, stakingEvents,
            ],
            exclude: ["local_staking.proto"],
            swiftSettings: house
        ),
        .target(
            name: "LocalStaking",
            dependencies: [
                "LocalStakingEvents", "VaultEvents", bankEvents, governanceEvents, moduleKit, rewardsEvents,
                stakingEvents,
            ],
            swiftSettings: house
        ),
        .testTarget(
            name: "LocalStakingTests",
            dependencies: [
                "LocalStaking", "LocalStakingEvents", "Vault", "VaultEvents", bank, bankEvents, governance,
                governanceEvents, nativeStaking, rewards, rewardsEvents, stakingEvents, stakingTesting, moduleKit,
                moduleTesting,
                protobuf,
            ],
            exclude: ["Support/desk.proto"],
            swiftSettings: house
        ),
        .target(
            name: "ExternalStakingEvents",
            dependencies: [
                "VaultEvents", bankEvents, interchainEvents, moduleKit, protobuf, rewardsEvents, transferEvents,
            ],
            exclude: ["external_staking.proto"],
            swiftSettings: house
        ),
        .target(
            name: "ExternalStaking",
            dependencies: [
                "ExternalStakingEvents", "VaultEvents", bankEvents, controlChannel, evidenceEvents, ibc,
                interchainEvents, moduleKit, transferEvents, zip215,
            ],
            swiftSettings: house
        ),
        .testTarget(
            name: "ExternalStakingTests",
            dependencies: [
                "ExternalStaking", "ExternalStakingEvents", "LocalStaking", "Vault", "VaultEvents", bank, bankEvents,
                controlChannel, crypto, evidenceEvents, ibc, interchainEvents, interchainTesting, moduleKit,
                moduleTesting, nativeStaking, protobuf, rewards, rewardsEvents, stakingEvents, transfer, transferEvents,
            ],
            exclude: ["Support/grudge.proto"],
            swiftSettings: house
        ),
        .target(
            name: "RecommendedListEvents",
            dependencies: [moduleKit, protobuf],
            exclude: ["recommended_list.proto"],
            swiftSettings: house
        ),
        .target(
            name: "RecommendedList",
            dependencies: ["ExternalStakingEvents", "RecommendedListEvents", moduleKit],
            swiftSettings: house
        ),
        .testTarget(
            name: "RecommendedListTests",
            dependencies: [
                "ExternalStakingEvents", "RecommendedList", "RecommendedListEvents", moduleKit, moduleTesting,
            ],
            swiftSettings: house
        ),
    ]
)
