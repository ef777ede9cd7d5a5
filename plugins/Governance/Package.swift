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
let stakingEvents = Target.Dependency.product(name: "StakingEvents", package: "Staking")
let stakingTesting = Target.Dependency.product(name: "StakingTesting", package: "Staking")

// Proposals, deposits and votes, by the rules of the Cosmos SDK. `GovernanceEvents` is what a module imports that votes in
// others' names; `Governance` is the module.
let package = Package(
    name: "Governance",
    products: [
        .library(name: "GovernanceEvents", targets: ["GovernanceEvents"]),
        .library(name: "Governance", targets: ["Governance"]),
    ],
    dependencies: [
        .package(path: "../Bank"),
        .package(path: "../ModuleKit"),
        .package(path: "../Staking"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    ],
    targets: [
        .target(
            name: "GovernanceEvents",
            dependencies: [bankEvents, moduleKit, protobuf],
            exclude: ["governance.proto"],
            swiftSettings: house
        ),
        .target(
            name: "Governance",
            dependencies: ["GovernanceEvents", bankEvents, moduleKit, stakingEvents],
            swiftSettings: house
        ),
        .testTarget(
            name: "GovernanceTests",
            dependencies: [
                "Governance", "GovernanceEvents", bank, bankEvents, nativeStaking, stakingEvents, stakingTesting,
                moduleKit,
                moduleTesting, protobuf,
            ],
            exclude: ["Support/usher.proto"],
            swiftSettings: house
        ),
    ]
)
