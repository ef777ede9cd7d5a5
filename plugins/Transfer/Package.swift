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
let ibc = Target.Dependency.product(name: "IBC", package: "Interchain")
let interchainEvents = Target.Dependency.product(name: "InterchainEvents", package: "Interchain")
let interchainTesting = Target.Dependency.product(name: "InterchainTesting", package: "Interchain")

// Token transfers between chains (ICS-20): an application of channels. `TransferEvents` is what a module imports whose
// instances are called when tokens reach them; `Transfer` is the module.
let package = Package(
    name: "Transfer",
    products: [
        .library(name: "TransferEvents", targets: ["TransferEvents"]),
        .library(name: "Transfer", targets: ["Transfer"]),
    ],
    dependencies: [
        .package(path: "../Bank"),
        .package(path: "../Interchain"),
        .package(path: "../ModuleKit"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    ],
    targets: [
        .target(
            name: "TransferEvents",
            dependencies: [bankEvents, ibc, interchainEvents, moduleKit, protobuf],
            exclude: ["transfer.proto"],
            swiftSettings: house
        ),
        .target(
            name: "Transfer",
            dependencies: ["TransferEvents", bankEvents, ibc, interchainEvents, moduleKit],
            swiftSettings: house
        ),
        .testTarget(
            name: "TransferTests",
            dependencies: [
                "Transfer", "TransferEvents", bank, bankEvents, ibc, interchainEvents, interchainTesting, moduleKit,
                moduleTesting, protobuf,
            ],
            exclude: ["Support/kiosk.proto"],
            swiftSettings: house
        ),
    ]
)
